import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { writeEncyclopedia } from './encyclopedia.ts';
import { writeAtlas } from './atlas.ts';
import { holdOut, type HeldOutCounts } from './held-out.ts';
import { jsonLines, labelsOf } from './labels.ts';
import { Random } from './prose/random.ts';
import { articlePage } from './wiki/article-page.ts';
import { multistreamDump } from './wiki/dump.ts';
import { otherPages } from './wiki/other-pages.ts';

const SEED = 'sample encyclopedia';
const wholeCounts: HeldOutCounts = { inferable: 60, knowledge: 100, trivial: 40, ambiguous: 40, noise: 40, probes: 32, perArticle: 1 };
const atlasCounts: HeldOutCounts = { inferable: 100, knowledge: 140, trivial: 20, ambiguous: 20, noise: 20, probes: 32, perArticle: 2 };

type FileName =
  | 'encyclopedia.xml.bz2' | 'labels.jsonl' | 'held-out.jsonl' | 'mask-probe.jsonl'
  | 'atlas.xml.bz2' | 'atlas-labels.jsonl' | 'atlas-held-out.jsonl' | 'atlas-mask-probe.jsonl';

/** Everything that the folder holds, as bytes by file name; labels are stored gzipped. The same on every run. */
export function generate(): Record<FileName, Uint8Array> {
  const random = new Random(SEED);
  const articles = writeEncyclopedia(SEED);
  const pages = [...articles.map((article) => articlePage(article, random.fork(`page ${article.title}`))), ...otherPages(articles, random.fork('other pages'))];
  const labels = labelsOf(articles);
  const { heldOut, probes } = holdOut(labels, wholeCounts, random.fork('held out'));
  const atlas = writeAtlas(`${SEED}/atlas`);
  const atlasPages = atlas.map((article) => articlePage(article, random.fork(`page ${article.title}`)));
  const atlasLabels = labelsOf(atlas);
  const fromAtlas = holdOut(atlasLabels, atlasCounts, random.fork('atlas held out'));
  return {
    'encyclopedia.xml.bz2': multistreamDump(random.fork('order').shuffle(pages), random.fork('history')),
    'labels.jsonl': Buffer.from(jsonLines(labels)),
    'held-out.jsonl': Buffer.from(jsonLines(heldOut)),
    'mask-probe.jsonl': Buffer.from(jsonLines(probes)),
    'atlas.xml.bz2': multistreamDump(random.fork('atlas order').shuffle(atlasPages), random.fork('atlas history')),
    'atlas-labels.jsonl': Buffer.from(jsonLines(atlasLabels)),
    'atlas-held-out.jsonl': Buffer.from(jsonLines(fromAtlas.heldOut)),
    'atlas-mask-probe.jsonl': Buffer.from(jsonLines(fromAtlas.probes)),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'pipelines/sample' } } });
  mkdirSync(values.out, { recursive: true });
  for (const [name, bytes] of Object.entries(generate())) {
    const zipped = name.endsWith('labels.jsonl');
    writeFileSync(join(values.out, zipped ? `${name}.gz` : name), zipped ? gzipSync(bytes, { level: 9 }) : bytes);
  }
}
