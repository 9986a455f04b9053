/**
 * How a step shortens with rollout workers. In: a broker, a folder. Out: what 1, 2, 4 and 8 workers of predict-spans take for a step, and the speed-up against one. Each batch of rollouts waits for a fixed
 * time, short against the minutes that a real one takes, and long against what the flow itself takes of a step even where two cores are all there is: what is measured is whether the waits overlap. Masks cost nothing, so that there is one wait a batch.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { forkWorker } from '../../../infra/processes/fork-worker.ts';
import { workerCounts } from '../../../pipelines/distributed/stage-names.ts';
import { supervise } from '../../../pipelines/distributed/supervise.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import { configSchema } from '../../../schemas/config/config.ts';
import { stubConfig } from '../../stub-config.ts';
import type { BenchRow } from '../bench-row.ts';

const workerNumbers = [1, 2, 4, 8] as const;
const partitions = 8;
/** The first shows when all workers are there; the best of the others counts. */
const steps = 3;
const latencyMs = 4000;
const sampler = 'predict-spans';
const program = fileURLToPath(new URL('../../faults/kafka/stub-worker.js', import.meta.url));

export async function benchScale(brokers: readonly string[], folder: string): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  let alone = 0;
  for (const workers of workerNumbers) {
    const seconds = await stepSeconds(brokers, folder, workers);
    if (workers === 1) alone = seconds;
    process.stderr.write(`${workers} rollout workers: ${seconds.toFixed(2)} s a step\n`);
    const note = `${partitions} batches of ${latencyMs / 1000} s a step, best of ${steps - 1} steps`;
    rows.push({ name: `a step with ${workers} rollout worker${workers === 1 ? '' : 's'}`, value: seconds, unit: 's', ...(workers === 1 && { note }) });
    if (workers > 1) rows.push({ name: `speed-up with ${workers}, of linear`, value: (100 * alone) / seconds / workers, unit: '%', note: 'aim: 90' });
  }
  const [shortest] = rows.slice(-2);
  return [...rows, { name: `beside the wait, with ${workerNumbers.at(-1)!} workers`, value: shortest!.value - latencyMs / 1000, unit: 's', note: 'what all processes of this machine take of a step together' }];
}

async function stepSeconds(brokers: readonly string[], folder: string, workers: number): Promise<number> {
  const name = `scale-${workers}`;
  const config = stubConfig({
    transport: 'kafka',
    run: { name, steps, checkpointEvery: steps },
    rollouts: { paragraphsPerStep: 2 * partitions },
    kafka: { brokers: [...brokers], partitions },
  });
  const directory = join(folder, name);
  const file = `${directory}.yaml`;
  writeFileSync(file, stringify(configSchema.parse(config)));
  const run = supervise(config, {
    ...{ directory, resume: false, workers: workerCounts(namedTopologies[config.pipeline], `${sampler}=${workers}`), signal: new AbortController().signal },
    start: (stage) => forkWorker(program, [file, stage, directory, String(stage === sampler ? latencyMs : 0), 'generate']),
  });
  const ends: number[] = [];
  run.events.subscribe((event) => {
    if (event.type === 'step-done') ends.push(performance.now());
  });
  await run.done;
  return Math.min(...ends.slice(1).map((end, i) => end - ends[i]!)) / 1000;
}
