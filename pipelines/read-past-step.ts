/** A committed step as the failure signs see it. In: the run's folder, a step. Out: its report and passages. Can go wrong: LOG_DAMAGED, also where the step is not there; RECORD_INVALID. */
import { join } from 'node:path';
import { readManifest } from '../infra/checkpoints/manifest.ts';
import { layout } from '../infra/checkpoints/run-layout.ts';
import { nodeFileSystem as fileSystem } from '../infra/file-system/node-file-system.ts';
import { metricTables, sampleTables } from '../infra/sample-log/log-tables.ts';
import { readPart } from '../infra/sample-log/read-part.ts';
import type { PastStep } from '../operators/health/rebuild-health.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';

export async function readPastStep(directory: string, step: number): Promise<PastStep> {
  const { lines } = await readManifest(fileSystem, directory);
  const line = lines[step - 1];
  const [report] = line === undefined ? [] : await readPart({ fileSystem, directory, line }, metricTables.steps);
  if (line === undefined || report === undefined) throw new PretrainZeroError('LOG_DAMAGED', `the report of step ${step} is not there`, { file: join(directory, layout.manifest) });
  return { ...report, passages: await readPart({ fileSystem, directory, line }, sampleTables.passages, { columns: ['paragraphId', 'maskText'] }) };
}
