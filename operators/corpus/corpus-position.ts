/**
 * The saved position of a corpus. A few hundred bytes: it names the beginning of the current window and how many of its items were given; the memory
 * of recent paragraphs is made again by reading them again. Fails with RUN_MISMATCH on a position of another corpus.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { CorpusPosition } from '../ports/paragraph-source.ts';
import type { FoundFile } from './input-file.ts';

const count = z.int().min(0);
const cursor = z.object({
  file: count,
  place: z.object({ at: count, skip: count, byteOffset: count, record: count }),
  paragraph: count,
});
const mark = z.object({ cursor, candidates: count });

const position = z.object({
  version: z.literal(1),
  /** Digest of the names and sizes of the files. */
  corpus: z.string(),
  epoch: count,
  window: count, // within the epoch
  /** Where the window begins, and candidates of the epoch before it. */
  start: mark,
  /** From where to read to fill the memory of recent candidates. */
  memory: mark,
  /** Items of the window given. */
  given: count,
  /** Paragraphs given before the window: in all epochs, and in this one. */
  ordinal: count,
  epochParagraphs: count,
});

export type SavedPosition = Readonly<z.infer<typeof position>>;
export type CorpusMark = SavedPosition['start'];

export function corpusDigest(files: readonly FoundFile[]): string {
  const names = files.map(({ address, byteLength }) => [address, byteLength]);
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 16);
}

export function parsePosition(value: CorpusPosition, files: readonly FoundFile[]): SavedPosition {
  const parsed = position.safeParse(value);
  if (!parsed.success) {
    throw new PretrainZeroError('RUN_MISMATCH', 'the saved position is not one of a corpus', {}, parsed.error);
  }
  if (parsed.data.corpus !== corpusDigest(files)) {
    throw new PretrainZeroError('RUN_MISMATCH', 'the files of corpus.path are not those of the saved position: names or sizes differ');
  }
  return parsed.data;
}
