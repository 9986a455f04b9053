/**
 * `pretrainzero run` over Kafka. In: the config, where the run lives, how many workers of each stage. Out: the run, its workers children of this process, each `pretrainzero worker`
 * with the same resolved config. Can go wrong: USAGE for `--workers`; what the supervisor throws.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import type { Run } from '../../pipelines/launch.ts';
import { workerCounts } from '../../pipelines/distributed/stage-names.ts';
import { supervise } from '../../pipelines/distributed/supervise.ts';
import type { Config } from '../../schemas/config/config.ts';
import { forkWorker } from '../processes/fork-worker.ts';
import { packageRoot } from '../setup/package-root.ts';
import type { RunOptions } from './run-command.ts';

export function superviseRun(config: Config, directory: string, { resume, workers = '' }: RunOptions, signal: AbortSignal): Run {
  const counts = workerCounts(namedTopologies[config.pipeline], workers);
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-run-'));
  const file = join(folder, 'config.yaml'); // no secret stands in a config
  writeFileSync(file, stringify(config));
  const program = join(packageRoot(), 'dist', 'infra', 'cli', 'main.js');
  const start = (stage: string) => forkWorker(program, ['worker', file, '--stage', stage, '--out', directory, '--json']);
  const run = supervise(config, { directory, resume, workers: counts, start, signal });
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  run.done.then(remove, remove);
  return run;
}
