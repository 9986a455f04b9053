/**
 * Opens a corpus file for reading, whatever its format and packing. In: a found file and the config. Out: its pages. Fails with CONFIG_INVALID where
 * the format cannot be told, NETWORK_FAILED, and as the disk fails.
 */
import type { ByteStream } from '../../operators/corpus/byte-stream.ts';
import type { FoundFile, InputFile } from '../../operators/corpus/input-file.ts';
import type { PageReader } from '../../operators/corpus/page.ts';
import { readJsonl } from '../../operators/corpus/read-jsonl.ts';
import { readMediaWiki } from '../../operators/corpus/read-mediawiki.ts';
import { readText } from '../../operators/corpus/read-text.ts';
import { refuseUtf16 } from '../../operators/corpus/refuse-utf16.ts';
import { bzip2Bytes } from './bzip2-bytes.ts';
import { formatOf, type CorpusFormat, type Packing } from './corpus-format.ts';
import { gzipBytes } from './gzip-bytes.ts';
import { readQuestions } from './read-questions.ts';
import { readParquet } from './read-parquet.ts';
import { plainBytes } from './plain-bytes.ts';

const unpack: Readonly<Record<Packing, (file: InputFile) => ByteStream>> = { none: plainBytes, bzip2: bzip2Bytes, gzip: gzipBytes };

export async function openPages(found: FoundFile, config: { readonly format: CorpusFormat | 'auto'; readonly maxPageBytes: number }): Promise<PageReader> {
  const { format, packing } = formatOf(found.address, config.format);
  const file = await found.open();
  const options = { file: found.address, maxPageBytes: config.maxPageBytes };
  const stream = refuseUtf16(unpack[packing](file));
  const pages: PageReader['pages'] = (from) => {
    switch (format) {
      case 'mediawiki':
        return readMediaWiki(stream, from, options);
      case 'jsonl':
        return readJsonl(stream, from, options);
      case 'text':
        return readText(stream, from, options);
      case 'questions':
        return readQuestions(file, from, options);
      case 'parquet':
        return readParquet(file, from, options);
    }
  };
  return { pages, close: () => file.close() };
}
