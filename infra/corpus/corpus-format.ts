/**
 * How a corpus file is written and packed. In: its name, and the format of the config. Out: format and packing. Fails with CONFIG_INVALID where the name does not tell
 * and the config says `auto`.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export type CorpusFormat = 'mediawiki' | 'parquet' | 'jsonl' | 'text' | 'questions';
export type Packing = 'none' | 'bzip2' | 'gzip';

export interface FileFormat {
  readonly format: CorpusFormat;
  readonly packing: Packing;
}

const formats: readonly (readonly [RegExp, CorpusFormat])[] = [
  [/\.parquet$/i, 'parquet'],
  [/\.(?:jsonl|ndjson|jsonlines)$/i, 'jsonl'],
  [/\.xml(?:[.-].*)?$/i, 'mediawiki'], // also `pages-articles1.xml-p10p30302`
  [/\.(?:txt|text)$/i, 'text'],
];

/** @returns null where the name does not tell. */
export function formatOfName(name: string): FileFormat | null {
  const packing = packingOfName(name);
  const inner = packing === 'none' ? name : name.replace(/\.[^.]*$/, '');
  const format = formats.find(([pattern]) => pattern.test(inner))?.[1];
  return format === undefined ? null : { format, packing };
}

export function formatOf(name: string, configured: CorpusFormat | 'auto'): FileFormat {
  if (configured !== 'auto') return { format: configured, packing: configured === 'parquet' ? 'none' : packingOfName(name) };
  const found = formatOfName(name);
  if (found === null) {
    throw new PretrainZeroError('CONFIG_INVALID', 'the name does not tell the format: set corpus.format', { file: name, key: 'corpus.format' });
  }
  return found;
}

function packingOfName(name: string): Packing {
  if (/\.bz2$/i.test(name)) return 'bzip2';
  return /\.gz$/i.test(name) ? 'gzip' : 'none';
}
