/**
 * A run over Kafka whose workers are children of this process, each `pretrainzero worker` with the same resolved config. In: the config, where the run lives, how many workers of each stage.
 * Out: a `Run`. Can go wrong: what the supervisor throws.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { forkWorker } from '../../infra/processes/fork-worker.ts';
import { packageRoot } from '../../infra/setup/package-root.ts';
import type { Config } from '../../schemas/config/config.ts';
import type { Run } from '../launch.ts';
import { supervise, type SuperviseOptions } from './supervise.ts';

export function launchDistributed(config: Config, options: Pick<SuperviseOptions, 'directory' | 'resume' | 'workers' | 'signal'>): Run {
  const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-run-'));
  const file = join(folder, 'config.yaml'); // no secret stands in a config
  writeFileSync(file, stringify(config));
  const program = join(packageRoot(), 'dist', 'infra', 'cli', 'main.js');
  const start = (stage: string) => forkWorker(program, ['worker', file, '--stage', stage, '--out', options.directory, '--wait', '--json']);
  const run = supervise(config, { ...options, start });
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  run.done.then(remove, remove);
  return run;
}
