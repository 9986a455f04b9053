import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { writeEncyclopedia } from './encyclopedia.ts';
import { holdOut } from './held-out.ts';
import { jsonLines, labelsOf } from './labels.ts';
import { Random } from './prose/random.ts';
import { articlePage } from './wiki/article-page.ts';
import { multistreamDump } from './wiki/dump.ts';
import { otherPages } from './wiki/other-pages.ts';

const SEED = 'sample encyclopedia';

/** Everything that the folder holds, as bytes by file name; `labels.jsonl` is stored gzipped. The same on every run. */
export function generate(): Record<'encyclopedia.xml.bz2' | 'labels.jsonl' | 'held-out.jsonl' | 'mask-probe.jsonl', Uint8Array> {
  const random = new Random(SEED);
  const articles = writeEncyclopedia(SEED);
  const pages = [...articles.map((article) => articlePage(article, random.fork(`page ${article.title}`))), ...otherPages(articles, random.fork('other pages'))];
  const labels = labelsOf(articles);
  const { heldOut, probes } = holdOut(labels, random.fork('held out'));
  return {
    'encyclopedia.xml.bz2': multistreamDump(random.fork('order').shuffle(pages), random.fork('history')),
    'labels.jsonl': Buffer.from(jsonLines(labels)),
    'held-out.jsonl': Buffer.from(jsonLines(heldOut)),
    'mask-probe.jsonl': Buffer.from(jsonLines(probes)),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'pipelines/sample' } } });
  mkdirSync(values.out, { recursive: true });
  for (const [name, bytes] of Object.entries(generate())) {
    const zipped = name === 'labels.jsonl';
    writeFileSync(join(values.out, zipped ? `${name}.gz` : name), zipped ? gzipSync(bytes, { level: 9 }) : bytes);
  }
}
