/**
 * The folder of an evaluation: `evaluation.json` (what was asked of what), `answers/part-000000.parquet`, ..., and at the end `summary.json`. In: the folder, and a text that is equal for evaluations
 * that may go on from each other. Out: its store. Fails with RUN_MISMATCH where the folder holds another evaluation, USAGE where it holds something else, DISK_FULL, NOT_WRITABLE.
 */
import { join } from 'node:path';
import type { AnswerStore } from '../../operators/ports/answer-store.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { benchmarkAnswer, type BenchmarkAnswer } from '../../schemas/records/benchmark-answer.ts';
import { onFile } from '../file-system/file-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { replaceFile } from '../file-system/write-file.ts';
import { readRecords } from '../sample-log/read-records.ts';
import { writeRecords, type ParquetSettings } from '../sample-log/write-records.ts';
import { answerPart, evaluationLayout } from './evaluation-layout.ts';

const temporaryPart = '.part.new'; // beside the answers, never among them: a file without its footer breaks the reading of its folder

/** @param identity JSON text of what the answers are a function of */
export async function openAnswerStore(fileSystem: FileSystem, directory: string, identity: string, settings: ParquetSettings): Promise<AnswerStore> {
  const answers = join(directory, evaluationLayout.answers);
  await onFile(directory, async () => {
    await requireOwn(fileSystem, directory, identity);
    await fileSystem.makeDirectory(answers);
    await replaceFile(fileSystem, join(directory, evaluationLayout.identity), identity);
  });
  const partOf = (batch: number): string => join(directory, answerPart(batch));
  return {
    async read(batch) {
      if ((await fileSystem.size(partOf(batch))) === null) return null;
      const rows: BenchmarkAnswer[] = [];
      for await (const row of readRecords(fileSystem, partOf(batch), benchmarkAnswer)) rows.push(row);
      return rows;
    },
    write: (batch, rows) =>
      onFile(directory, async () => {
        const temporary = join(directory, temporaryPart);
        await writeRecords(fileSystem, temporary, benchmarkAnswer, rows, settings);
        await fileSystem.rename(temporary, partOf(batch));
        await fileSystem.syncDirectory(answers);
      }),
    finish: (summary) => onFile(directory, () => replaceFile(fileSystem, join(directory, evaluationLayout.summary), `${JSON.stringify(summary, null, 2)}\n`)),
  };
}

async function requireOwn(fileSystem: FileSystem, directory: string, identity: string): Promise<void> {
  const file = join(directory, evaluationLayout.identity);
  const size = await fileSystem.size(file);
  if (size === null) {
    if ((await fileSystem.list(directory)).length > 0) throw new PretrainZeroError('USAGE', 'the folder holds something else than an evaluation; give another --out', { file: directory });
    return;
  }
  const handle = await fileSystem.openRead(file);
  try {
    const [before, now] = [new TextDecoder().decode(await handle.read(0, size)), identity].map(fieldsOf);
    const differing = Object.keys({ ...before, ...now }).find((key) => JSON.stringify(before![key]) !== JSON.stringify(now![key]));
    if (differing === undefined) return;
    throw new PretrainZeroError('RUN_MISMATCH', `the folder holds an evaluation with another ${differing}: ${JSON.stringify(before![differing])}, now ${JSON.stringify(now![differing])}; give another --out`, { file });
  } finally {
    await handle.close();
  }
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
