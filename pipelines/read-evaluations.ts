/**
 * Held-out rows that a run committed. In: its folder, and a step. Out: the rows of the base model for step 0, else of the newest weights that were evaluated
 * up to and with the step; none where there are none. Can go wrong: LOG_DAMAGED, RECORD_INVALID.
 */
import { readManifest } from '../infra/checkpoints/manifest.ts';
import { nodeFileSystem as fileSystem } from '../infra/file-system/node-file-system.ts';
import { metricTables } from '../infra/sample-log/log-tables.ts';
import { readPart } from '../infra/sample-log/read-part.ts';
import type { EvaluationRow } from '../schemas/records/evaluation-row.ts';

export async function readEvaluations(directory: string, step: number): Promise<EvaluationRow[]> {
  const { lines } = await readManifest(fileSystem, directory);
  const newestFirst = lines.slice(0, Math.max(1, step)).toReversed(); // the base model's rows are committed with step 1
  for (const line of newestFirst) {
    const rows = await readPart({ fileSystem, directory, line }, metricTables.evaluations);
    const wanted = rows.filter((row) => row.step === (step === 0 ? 0 : line.step));
    if (wanted.length > 0) return wanted;
  }
  return [];
}
