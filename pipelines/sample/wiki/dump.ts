import { compress } from '../bzip2/compress.ts';
import type { Random } from '../prose/random.ts';
import { exportFooter, exportHeader, pageXml } from './export-xml.ts';
import type { Page } from './page.ts';

const PAGES_IN_A_STREAM = 100;

/** In: pages. Out: a dump as Wikimedia publishes it: a stream for the header, one for each 100 pages, one for the footer. */
export function multistreamDump(pages: readonly Page[], random: Random): Uint8Array {
  const parts = [exportHeader()];
  for (let from = 0; from < pages.length; from += PAGES_IN_A_STREAM) {
    parts.push(pages.slice(from, from + PAGES_IN_A_STREAM).map((page, i) => pageXml(page, from + i + 1, random)).join(''));
  }
  parts.push(exportFooter);
  return Buffer.concat(parts.map((part) => compress(Buffer.from(part))));
}
