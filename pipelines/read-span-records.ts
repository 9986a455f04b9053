/**
 * What became of the spans of a committed step. In: the run's folder, and the step. Out: a record a passage, from the few columns of the log that it takes. Can go wrong: LOG_DAMAGED,
 * RECORD_INVALID; RUN_NOT_FOUND where the step is not there.
 */
import { readManifest } from '../infra/checkpoints/manifest.ts';
import { nodeFileSystem as fileSystem } from '../infra/file-system/node-file-system.ts';
import { sampleTables } from '../infra/sample-log/log-tables.ts';
import { readPart } from '../infra/sample-log/read-part.ts';
import { spanRecords, type SpanRecord } from '../operators/rewards/span-record.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';

export async function readSpanRecords(directory: string, step: number): Promise<SpanRecord[]> {
  const { lines } = await readManifest(fileSystem, directory);
  const line = lines[step - 1];
  if (line === undefined) throw new PretrainZeroError('RUN_NOT_FOUND', `the run has no step ${step}, whose spans are wanted; its last is ${lines.length}`, { file: directory });
  const at = { fileSystem, directory, line };
  return spanRecords({
    passages: await readPart(at, sampleTables.passages, { columns: ['paragraphId', 'maskIndex', 'maskText'] }),
    predictions: await readPart(at, sampleTables.predictions, { columns: ['id', 'policyVersion', 'answer'] }),
    groups: await readPart(at, sampleTables.groups, { columns: ['id', 'paragraphId', 'role', 'maskIndex', 'rolloutIds', 'solved'] }),
  });
}
