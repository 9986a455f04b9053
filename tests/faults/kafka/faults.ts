/** Faults, each as one call. In: the scene of a run. Out: resolves once the fault is over, so far as it is one that passes. */
import { statfsSync, writeFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { drawInt } from '../../../operators/flow/seeds.ts';
import { groupName } from '../../../pipelines/distributed/run-topics.ts';
import type { ForkedWorker } from '../../../infra/processes/fork-worker.ts';
import type { Fault, FaultScene } from './disturbed-run.ts';

const pick = <T>(draw: () => number, from: readonly T[]): T => from[drawInt(draw, from.length)]!;
const rolloutStages = ['generate-masks', 'predict-spans', 'score-groups'] as const;

export const killWorker =
  (stage: string): Fault =>
  async (scene) => {
    const worker = await scene.worker(stage);
    worker.kill();
    await worker.exited;
  };

export const killBroker =
  (absenceMs: number): Fault =>
  async ({ broker }) => {
    await broker.kill();
    await sleep(absenceMs);
    await broker.restart();
  };

/** Until its group has given it up, and the others have its share. */
export const pauseWorker: Fault = async (scene) => {
  const stage = pick(scene.draw, ['source', 'train', 'log', ...rolloutStages]);
  const worker = await scene.worker(stage);
  const before = await members(scene, stage);
  process.kill(worker.pid, 'SIGSTOP');
  const gone = worker.exited.then(() => true);
  while ((await members(scene, stage)) >= before && before > 0) if (await Promise.race([gone, sleep(100).then(() => false)])) return;
  process.kill(worker.pid, 'SIGCONT');
};

async function members({ run }: FaultScene, stage: string): Promise<number> {
  const [figures] = await run.bus.groupFigures([groupName(run.config, stage)], []);
  return figures?.members ?? 0;
}

export const cutConnections: Fault = ({ proxy }) => {
  proxy.cut();
  return Promise.resolve();
};

export const dropAcknowledgements: Fault = ({ proxy, draw }) => {
  proxy.dropAnswers('Produce', 1 + drawInt(draw, 4));
  return Promise.resolve();
};

/** Adds a worker, or has one that was added leave. */
export function comeAndGo(): Fault {
  const added: ForkedWorker[] = [];
  return (scene) => {
    const leaving = drawInt(scene.draw, 3) === 0 ? added.shift() : undefined;
    if (leaving === undefined) added.push(scene.add(pick(scene.draw, rolloutStages)));
    else leaving.stop();
    return Promise.resolve();
  };
}

/** Fills the disk of the run's folder until its log has failed of it. */
export const fillDisk: Fault = async (scene) => {
  const ballast = join(dirname(scene.directory), 'ballast');
  const failed = scene.event((event) => event.type === 'warning' && event.message.includes('DISK_FULL'));
  const { bavail, bsize } = statfsSync(dirname(scene.directory));
  writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  await failed;
  rmSync(ballast);
};
