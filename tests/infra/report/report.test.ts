/** The report's pages: what stands in them, that nothing in them is markup from outside, and that a browser shows them without complaint. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { experimentReport } from '../../../infra/report/experiment-report.ts';
import { htmlReport } from '../../../infra/report/html-report.ts';
import { markdownReport } from '../../../infra/report/markdown-report.ts';
import type { Block } from '../../../infra/report/report-block.ts';
import { tuningSection } from '../../../infra/report/sections/tuning-section.ts';
import { writeReport } from '../../../infra/report/write-report.ts';
import { noBrowser, openBrowser } from '../explorer/open-browser.ts';
import { watchedPage } from '../explorer/watched-page.ts';
import { hostile, sampleReport } from './sample-report.ts';

const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-report-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { title, blocks } = experimentReport(sampleReport());

const tableOf = (caption: RegExp): Extract<Block, { type: 'table' }> => blocks.find((block): block is Extract<Block, { type: 'table' }> => block.type === 'table' && caption.test(block.caption))!;

test('the answer comes first: each variant against the reference, with interval and seeds', () => {
  const [question, missing, heading, answers] = blocks;
  assert.ok(question?.type === 'text' && question.text.startsWith('Is it better?'));
  assert.deepEqual(missing, { type: 'list', items: ['Failed: random, seed 9.'] });
  assert.deepEqual(heading, { type: 'heading', text: 'Answer' });
  assert.ok(answers?.type === 'list');
  assert.match(answers.items[0]!, /^learned is ahead of random: \+7\.\d \[\d\.\d, \d\.\d\] points; ahead in 5 of 5 seeds\.$/);
  assert.match(answers.items[1]!, /^plain is behind random: -7\.\d \[-\d\.\d, -\d\.\d\] points; ahead in 0 of 5 seeds\.$/);
});

test('the results name rate, steps, tokens, minutes, before, after and difference', () => {
  const { head, rows } = tableOf(/^held-out spans predicted right, mean of the classes inferable and knowledge/);
  assert.deepEqual(head, ['variant', 'seeds', 'rate', 'steps', 'tokens', 'minutes', 'before', 'after', 'difference', 'seeds ahead']);
  assert.deepEqual(rows.map(([variant, seeds, rate, steps, tokens, minutes]) => [variant, seeds, rate, steps, tokens, minutes]), [['learned', '5 of 5', '2e-4', '8', '8k', '0.4'], ['random', '5 of 5', '2e-4', '8', '8k', '0.4'], ['plain', '5 of 5', '2e-4', '8', '8k', '0.4']]);
  assert.equal(rows[1]!.at(-1), '–', 'the reference is not held against itself');
});

test('the cost tells tokens of each kind, and useful groups per million tokens', () => {
  const { rows } = tableOf(/^Tokens and seconds/);
  assert.deepEqual(rows[0], ['learned', '1.6k', '2.4k', '4k', '8k', '+0.0%', '24', '80', '60.0', '6,000 [6,000, 6,000]']);
  assert.deepEqual(rows[2]?.slice(-3), ['0', '–', '–'], 'what samples no groups has none to count');
});

test('what was hidden stands by class, kind, length, position, rarity and solved share, over time, with the commonest texts', () => {
  const { head, rows } = tableOf(/^Masks that were predicted/);
  assert.deepEqual(head, ['', 'learned', 'random'], 'what hides nothing is left out');
  const names = rows.map(([name]) => name);
  for (const name of ['class knowledge, %', 'class noise, %', 'kind name, %', 'kind date, %', 'length, words', 'position, %', 'rarity, bits', 'solved, %', 'distinct texts, per 100', 'commonest text, %']) assert.ok(names.includes(name), name);
  assert.deepEqual(rows.find(([name]) => name === 'class noise, %')?.[1], '33.3 [33.3, 33.3]');
  assert.match(tableOf(/^The same over time/).rows[0]![1]!, /^66\.7 → 66\.7$/);
  assert.deepEqual(tableOf(/^Commonest texts/).rows.slice(0, 2), [['learned', 'Rome', '66.7', '42.5'], ['', hostile, '33.3', '50.0']]);
});

test('the rates that were tried stand with the one taken, and with what failed', () => {
  assert.deepEqual(tableOf(/at the end of a tuning run/).rows, [['learned', '1e-4', '40.0', '40.0'], ['', '2e-4 (taken)', '50.0', '50.0'], ['', '4e-4', 'failed', '–']]);
});

test('a rate at the edge of what was tried says so', () => {
  const { comparison, ...report } = sampleReport();
  const withRate = (learningRate: number): string[] => {
    const table = tuningSection({ ...report, comparison: { ...comparison, variants: comparison.variants.map((variant) => ({ ...variant, learningRate })) } }).find((block) => block.type === 'table')!;
    return table.rows.map((row) => row[1]!);
  };
  assert.deepEqual(withRate(1e-4), ['1e-4 (taken, the lowest)', '2e-4', '4e-4']);
  assert.deepEqual(withRate(4e-4), ['1e-4', '2e-4', '4e-4 (taken, the highest)']);
});

test('no text from outside becomes markup, in either page', () => {
  const html = htmlReport(title, blocks);
  assert.ok(!html.includes('<b>'));
  assert.ok(html.includes('&lt;b&gt;|x&lt;/b&gt;'));
  assert.doesNotMatch(html, /<script|<link rel="stylesheet"|https?:\/\/(?!www\.w3\.org)/, 'it needs nothing beside it');
  const markdown = markdownReport(title, blocks, 'figures');
  assert.doesNotMatch(markdown, /(?<!\\)<b>|[^\\]\[z\]\(/);
  for (const line of markdown.split('\n').filter((each) => each.startsWith('|'))) assert.ok(line.split(/(?<!\\)\|/).length > 2, line);
});

test('a Markdown table has as many cells in every row, whatever stands in them', () => {
  const tables = markdownReport(title, blocks, 'figures').split('\n\n').filter((part) => part.startsWith('|'));
  assert.ok(tables.length >= 6);
  for (const table of tables) assert.equal(new Set(table.trim().split('\n').map((line) => line.split(/(?<!\\)\|/).length)).size, 1, table);
});

test('the same figures give the same bytes; charts lie beside the Markdown page, each there that it shows', async () => {
  const read = (at: string): Map<string, string> => new Map(readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]));
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  for (const directory of [first, second]) await writeReport(nodeFileSystem, directory, sampleReport());
  assert.deepEqual(read(second), read(first));
  const shown = [...readFileSync(join(first, 'report.md'), 'utf8').matchAll(/\]\(figures\/([^)]+)\)/g)].map(([, name]) => name!);
  assert.ok(shown.length >= 10 && new Set(shown).size === shown.length);
  assert.deepEqual(shown.toSorted(), readdirSync(join(first, 'figures')).sort());
  assert.equal((JSON.parse(readFileSync(join(first, 'report.json'), 'utf8')) as { experiment: { name: string } }).experiment.name, 'sample');
});

test('an experiment of which nothing is done yet has a report all the same', () => {
  const { comparison, experiment } = sampleReport();
  const empty = { ...comparison, variants: comparison.variants.map((variant) => ({ ...variant, seeds: [], bySeed: [], steps: null, before: null, after: null, difference: null, heldOut: [], picks: null, tuning: [], cost: Object.fromEntries(Object.keys(variant.cost).map((key) => [key, null])) as unknown as typeof variant.cost, curves: Object.fromEntries(Object.keys(variant.curves).map((key) => [key, []])) as unknown as typeof variant.curves })) };
  const report = experimentReport({ experiment, comparison: empty, failed: [], open: ['learned, seed 1'] });
  assert.match(htmlReport(report.title, report.blocks), /Still to do: learned, seed 1\./);
});

for (const { width, colorScheme } of [{ width: 1280, colorScheme: 'light' }, { width: 400, colorScheme: 'dark' }] as const) {
  test(`Chromium shows the page at ${width} pixels, ${colorScheme}, without a complaint and without scrolling sideways`, async (t) => {
    const browser = await openBrowser();
    if (browser === null) return t.skip(noBrowser);
    try {
      const { html } = await writeReport(nodeFileSystem, join(folder, colorScheme), sampleReport());
      const { page, complaints } = await watchedPage(browser, pathToFileURL(html).href, width);
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(complaints, []);
      assert.equal(await page.title(), 'Experiment sample');
      const [content, window] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
      assert.ok(content <= window, `${content} pixels of content`);
      assert.ok((await page.locator('svg.chart polyline').count()) > 10);
      const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      assert.equal(background, colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(22, 24, 27)');
      const smallest = await page.evaluate<number>('Math.min(...[...document.querySelectorAll("svg.chart")].map((svg) => 11 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))');
      assert.ok(smallest >= 9.5, `letters of ${smallest} pixels in a chart`);
    } finally {
      await browser.close();
    }
  });
}
