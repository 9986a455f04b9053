import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { startBroker, type Broker } from '../../infra/kafka/start-broker.ts';
import { forkWorker, type ForkedWorker } from '../../infra/processes/fork-worker.ts';
import { workerCounts } from '../../pipelines/distributed/stage-names.ts';
import { supervise } from '../../pipelines/distributed/supervise.ts';
import { launch } from '../../pipelines/launch.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import { loadPromptTemplate } from '../../pipelines/load-prompt-template.ts';
import { replay } from '../../pipelines/replay.ts';
import type { RunEvent } from '../../pipelines/run-events.ts';
import { configSchema, type Config } from '../../schemas/config/config.ts';
import { statelessAnswer } from '../stateless-answer.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubEngine } from '../stub-engine.ts';
import { createStubParagraphSource } from '../stub-paragraph-source.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';
import { filesOf } from './killed-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-kafka-run-'));
const program = fileURLToPath(new URL('distributed-worker.js', import.meta.url));
const supervised = fileURLToPath(new URL('supervised-run.js', import.meta.url));
let broker: Broker;
before(async () => {
  broker = await startBroker({ folder: join(folder, 'broker'), settings: { 'group.min.session.timeout.ms': '1000' } });
});
after(async () => {
  await broker.stop();
  rmSync(folder, { recursive: true, force: true });
});

function configOf(name: string, steps: number, maxStaleness: number, checkpointEvery = 2): Config {
  return stubConfig({ transport: 'kafka', run: { name, steps, checkpointEvery }, grpo: { maxStaleness }, kafka: { brokers: broker.brokers, partitions: 3, sessionTimeoutMs: 3000 } });
}

async function inOneProcess(config: Config): Promise<Map<string, Buffer | string>> {
  const directory = join(folder, `${config.run.name}-memory`);
  const tokenizer = createStubTokenizer();
  const template = await loadPromptTemplate('short', tokenizer);
  const engine = createStubEngine({ respond: statelessAnswer });
  await launch(config, { directory, parts: { tokenizer, template, engine, source: createStubParagraphSource({ letterEvery: 4 }), heldOut: { cloze: [], probe: [] } } }).done;
  return filesOf(directory);
}

interface Started {
  readonly stage: string;
  readonly process: ForkedWorker;
}

/** @param onEvent is given the workers started so far. */
async function overKafka(config: Config, workers: string, onEvent: (event: RunEvent, started: readonly Started[]) => void = () => undefined): Promise<{ files: Map<string, Buffer | string>; events: RunEvent[]; started: Started[] }> {
  const directory = join(folder, config.run.name);
  const file = join(folder, `${config.run.name}.yaml`);
  writeFileSync(file, stringify(configSchema.parse(config)));
  const started: Started[] = [];
  const start = (stage: string): ForkedWorker => {
    const process = forkWorker(program, [file, stage, directory]);
    started.push({ stage, process });
    return process;
  };
  const run = supervise(config, { directory, resume: false, workers: workerCounts(namedTopologies[config.pipeline], workers), start, signal: new AbortController().signal });
  const events: RunEvent[] = [];
  run.events.subscribe((event) => {
    events.push(event);
    onEvent(event, started);
  });
  const outcome = await run.done;
  assert.deepEqual({ kind: outcome.kind, step: outcome.step }, { kind: 'completed', step: config.run.steps });
  return { files: filesOf(directory), events, started };
}

test('processes over a real broker, several workers a stage, leave the folder of one process, which replays, from a topic too', async () => {
  const config = configOf('several', 4, 0);
  const { files, events } = await overKafka(config, 'generate-masks=2,predict-spans=2');
  assert.deepEqual(files, await inOneProcess(config));
  assert.deepEqual(events.filter((event) => event.type === 'step-done').map((event) => event.step), [1, 2, 3, 4]);
  const workers = events.flatMap((event) => (event.type === 'flow' ? event.stages.filter(({ stage }) => stage === 'predict-spans').map((each) => each.workers) : []));
  assert.equal(Math.max(...workers), 2);
  const directory = join(folder, config.run.name);
  const parts = { tokenizer: createStubTokenizer(), heldOut: { cloze: [], probe: [] }, source: createStubParagraphSource({ letterEvery: 4 }) };
  for (const options of [{ to: 'kafka', corpus: true }, { from: 'kafka' }] as const) {
    const { difference, steps } = await replay(directory, { ...options, parts }).done;
    assert.deepEqual([difference, steps], [null, 4], JSON.stringify(options));
  }
});

test('a worker and the sink, killed with -9, cost nothing that is in the folder', async () => {
  const config = configOf('killed', 6, 1);
  const killed = new Set<string>();
  const { files, events, started } = await overKafka(config, 'predict-spans=2', (event, workers) => {
    const victim = event.type !== 'step-done' ? null : event.step === 1 ? 'predict-spans' : event.step === 3 ? 'train' : null;
    if (victim === null || killed.has(victim)) return;
    killed.add(victim);
    workers.findLast(({ stage }) => stage === victim)!.process.kill();
  });
  assert.deepEqual(files, await inOneProcess(config));
  assert.deepEqual([...killed], ['predict-spans', 'train']);
  for (const stage of killed) assert.equal(started.filter((each) => each.stage === stage).length, stage === 'train' ? 2 : 3, stage);
  assert.ok(events.some((event) => event.type === 'warning' && event.code === 'WORKER_FAILED' && /SIGKILL/.test(event.message)));
});

/** A run in a process of its own, to the end. @param onEvent may send it signals. */
async function inProcess(config: Config, how: 'begin' | 'resume', onEvent: (event: RunEvent, signal: (name: NodeJS.Signals) => void) => void = () => undefined): Promise<RunEvent[]> {
  const file = join(folder, `${config.run.name}.yaml`);
  writeFileSync(file, stringify(configSchema.parse(config)));
  const child = spawn(process.execPath, [supervised, file, join(folder, config.run.name), how], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const events: RunEvent[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as RunEvent;
    events.push(event);
    onEvent(event, (name) => child.kill(name));
  }
  assert.deepEqual(await exited, [0, null]);
  return events;
}

test('Ctrl-C ends the run after the step in progress with a checkpoint, from which it goes on as if nothing had been', async () => {
  const config = configOf('stopped', 6, 0, 1);
  const told = await inProcess(config, 'begin', (event, signal) => {
    if (event.type === 'step-done' && event.step === 2) signal('SIGINT');
  });
  const end = told.at(-1)!;
  assert.ok(end.type === 'finished' && end.kind === 'interrupted');
  assert.ok(end.step >= 2 && end.step < 6, `after step ${end.step}`);
  assert.deepEqual(told.findLast((event) => event.type === 'checkpoint')!.step, end.step);
  assert.ok(told.every((event) => event.type !== 'warning'), 'no worker failed');
  const further = await inProcess(config, 'resume');
  const steps = further.filter((event) => event.type === 'step-done').map((event) => event.step);
  assert.deepEqual(steps, [3, 4, 5, 6].filter((step) => step > end.step));
  assert.deepEqual(filesOf(join(folder, 'stopped')), await inOneProcess(config));
});
