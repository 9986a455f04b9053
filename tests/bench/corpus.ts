/**
 * What the corpus costs. Out: pages a processor second of the whole input path (decompression, XML, prose, tokens by bytes, near duplicates, shuffle) against
 * wtf_wikipedia alone on the same articles, and peak memory. Reads the English dump beside the checkout where there is one, else the bundled encyclopedia.
 */
import { existsSync } from 'node:fs';
import wtf from 'wtf_wikipedia';
import { createParagraphSource } from '../../infra/corpus/create-paragraph-source.ts';
import { nodeFileSystem } from '../../infra/corpus/file-system.ts';
import { findLocalFiles } from '../../infra/corpus/local-files.ts';
import { openPages } from '../../infra/corpus/open-pages.ts';
import { firstPage } from '../../operators/corpus/page.ts';
import { samplePath } from '../../pipelines/resolve-sample.ts';
import { sharedFile } from '../shared-file.ts';
import type { BenchRow } from './bench-row.ts';

const maxPageBytes = 1 << 24;
const charactersPerToken = 4.4; // of English prose: the figure leaves the tokenizer out

export async function benchCorpus(): Promise<readonly BenchRow[]> {
  const dump = sharedFile('data', 'enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2');
  const path = dump !== null && existsSync(dump) ? dump : samplePath('corpus');
  const articles = await articlesOf(path);
  await wholePath(path); // warms up
  const whole = await wholePath(path);
  const alone = wtfAlone(articles);
  const note = path === dump ? 'English Wikipedia of 2016' : 'bundled encyclopedia';
  return [
    { name: 'articles', value: articles.length, unit: 'pages', note },
    { name: 'whole input path', value: articles.length / whole.seconds, unit: 'articles/processor-s', note: 'bz2 to shuffled paragraphs, without the tokenizer' },
    { name: 'wtf_wikipedia alone', value: articles.length / alone, unit: 'articles/processor-s', note: 'wikitext to text, nothing else' },
    { name: 'ratio', value: alone / whole.seconds, unit: 'times', note: 'above 1: the whole path is quicker than the library alone' },
    { name: 'paragraphs', value: whole.paragraphs, unit: 'paragraphs', note: `${Math.round(whole.paragraphs / whole.seconds)} a second` },
    { name: 'reopening', value: whole.reopenMs, unit: 'ms', note: 'from the position after the last paragraph to the next item' },
    { name: 'peak memory', value: whole.peakMegabytes, unit: 'MB', note: 'resident, Node itself included' },
  ];
}

async function wholePath(path: string): Promise<{ seconds: number; paragraphs: number; peakMegabytes: number; reopenMs: number }> {
  const source = createParagraphSource({
    config: { path, format: 'auto', minTokens: 64, maxTokens: 1024, maxPageBytes, nearDuplicateThreshold: 0.8, shuffleWindow: 1024, repeat: false, exclude: null },
    seed: 0,
    tokenizer: { encode: (text) => new Array<number>(Math.round(text.length / charactersPerToken)) },
    excludeTexts: [],
    resolveSample: () => path,
  });
  const start = process.cpuUsage();
  const reader = await source.open();
  let paragraphs = 0;
  let peak = 0;
  for (let item = await reader.next(); item.done !== true; item = await reader.next()) {
    paragraphs++;
    if (paragraphs % 64 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = processorSeconds(start);
  const end = performance.now();
  const position = reader.position();
  await reader.close();
  const reopened = await source.open(position);
  await reopened.next();
  const reopenMs = performance.now() - end;
  await reopened.close();
  return { seconds, paragraphs, peakMegabytes: peak / 2 ** 20, reopenMs };
}

async function articlesOf(path: string): Promise<string[]> {
  const [file] = await findLocalFiles(path, nodeFileSystem);
  const reader = await openPages(file!, { format: 'mediawiki', maxPageBytes });
  const texts: string[] = [];
  for await (const event of reader.pages(firstPage)) if (event.kind === 'page') texts.push(event.page.text);
  await reader.close();
  return texts;
}

/** Processor seconds. */
function wtfAlone(articles: readonly string[]): number {
  const start = process.cpuUsage();
  for (const article of articles) wtf(article).text();
  return processorSeconds(start);
}

/** What else runs on the machine stretches the clock, not this. */
function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}
