/** In: a run's folder. Out: the held-out rows of its base model, which its first step committed; none where there is no such step. */
import { join } from 'node:path';
import { nodeFileSystem } from '../infra/file-system/node-file-system.ts';
import { stepPart } from '../infra/checkpoints/run-layout.ts';
import { metricTables } from '../infra/sample-log/log-tables.ts';
import { readRecords } from '../infra/sample-log/read-records.ts';
import { evaluationRow, type EvaluationRow } from '../schemas/records/evaluation-row.ts';
import { existsSync } from 'node:fs';

export async function readBaseEvaluations(directory: string): Promise<EvaluationRow[]> {
  const file = join(directory, stepPart(metricTables.evaluations.folder, 1));
  const rows: EvaluationRow[] = [];
  if (!existsSync(file)) return rows;
  for await (const row of readRecords(nodeFileSystem, file, evaluationRow)) if (row.step === 0) rows.push(row);
  return rows;
}
