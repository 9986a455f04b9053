/** Answers to benchmarks in a real Chromium, over the server and exported. */
import assert from 'node:assert/strict';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { exportExplorer } from '../../../../infra/explorer/export-explorer.ts';
import { pageAssets } from '../../../../infra/explorer/page-assets.ts';
import { startExploreServer } from '../../../../infra/explorer/server/explore-server.ts';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { hostileText } from '../hostile-text.ts';
import { benchmarkAnswerOf, smallEvaluation } from '../small-evaluation.ts';
import { newFolder, smallRun } from '../small-run.ts';
import { assertUsable } from './assert-usable.ts';
import { browserTests } from './in-browser.ts';

const parent = newFolder();
let evaluations: Map<string, string>;

const { script, image, link, unseen } = hostileText;
const gsm8k = (right: (item: number) => boolean) => Array.from({ length: 150 }, (_, item) => benchmarkAnswerOf({ itemId: String(item), category: item % 2 === 0 ? 'even' : 'odd', question: `Invented question ${item}?`, answer: right(item) ? '12' : '13', correct: right(item) }));
const aime = [0, 1, 2].map((sampleIndex) => benchmarkAnswerOf({ benchmark: 'aime24@1', itemId: 'I-1', sampleIndex, seed: sampleIndex, question: 'What is left?', expected: '006', answer: sampleIndex === 2 ? null : '6', correct: sampleIndex < 2, finishReason: sampleIndex === 2 ? 'length' : 'stop', responseText: `try ${sampleIndex}` }));
const hostile = benchmarkAnswerOf({ benchmark: script, itemId: image, category: link, question: `${script} ${image} ${unseen}`, answer: `${link}${unseen}`, expected: 'Rome', correct: false, responseText: `${image}${script}` });

const { inBrowser, server } = browserTests(async () => {
  evaluations = new Map([
    ['base', await smallEvaluation(parent, 'base', gsm8k((item) => item % 3 === 0), { model: 'models/base' })],
    ['tuned', await smallEvaluation(parent, 'tuned', gsm8k((item) => item % 3 < 2), { model: 'models/tuned' })],
    ['aime', await smallEvaluation(parent, 'aime', aime)],
    ['hostile', await smallEvaluation(parent, 'hostile', [hostile], { model: script })],
    ['stored', fixturePath('evaluations', 'version-1')],
  ]);
  const run = await smallRun(parent, 'run');
  await run.commit();
  return startExploreServer({ runs: new Map([['run', run.directory]]), evaluations, labels: new Map(), port: 0, assets: pageAssets() });
});
after(() => rmSync(parent, { recursive: true })); // once nobody reads it any more

inBrowser('from the figures of all evaluations to those of a category, and its questions', 'view=benchmarks', async ({ page }) => {
  const figures = page.getByRole('table', { name: 'Evaluations', exact: true });
  await figures.getByRole('row', { name: /^base gsm8k@1 models\/base 150 33\.3% \d+\.\d% to \d+\.\d% 0\.0% 0\.0%$/ }).waitFor();
  await page.getByText('308 questions of 308', { exact: true }).waitFor();
  await figures.getByRole('button', { name: 'tuned' }).click();
  await page.getByText('150 questions of 308', { exact: true }).waitFor();
  await page.getByRole('table', { name: 'tuned, by category' }).getByRole('button', { name: 'odd' }).click();
  await page.getByText('75 questions of 308', { exact: true }).waitFor();
  assert.match(page.url(), /within=tuned.*category=odd/);
});

inBrowser('filters and sorted lists over all evaluations', 'view=benchmarks', async ({ page }) => {
  await page.getByText('308 questions of 308', { exact: true }).waitFor();
  const lines = page.getByRole('list', { name: 'Questions' }).getByRole('link');
  await page.getByRole('combobox', { name: 'Benchmark' }).selectOption('aime24@1');
  await page.getByText('1 question of 308', { exact: true }).waitFor();
  assert.match(await lines.first().innerText(), /2\/3/);
  await page.getByRole('combobox', { name: 'Benchmark' }).selectOption('all');
  await page.getByLabel('Outcome').selectOption('truncated');
  await page.getByText('1 question of 308', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByLabel('Question or answer').fill('INVENTED QUESTION 14?');
  await page.keyboard.press('Enter');
  await page.getByText('2 questions of 308', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByLabel('Sort').selectOption('differing');
  await page.getByText('100 questions of 308', { exact: true }).waitFor(); // 50 of each
  assert.match(await lines.nth(0).innerText(), /^13 Invented question 1\?\s+base/);
  assert.match(await lines.nth(1).innerText(), /^12 Invented question 1\?\s+tuned/);
  await page.getByLabel('Sort').selectOption('hardest');
  await page.getByRole('combobox', { name: 'Evaluation' }).selectOption('base');
  await page.waitForURL(/order=hardest/);
  assert.match(await lines.nth(0).innerText(), /^13 Invented question 2\?/);
});

inBrowser('every answer has a link that survives a reload', 'view=benchmarks&benchmark=aime24%401', async ({ page }) => {
  await page.getByRole('list', { name: 'Questions' }).getByRole('link').first().click();
  const answer = page.getByRole('group', { name: 'Answer 1' });
  await answer.getByText('should be').waitFor({ state: 'detached' });
  await page.goto(`${server().url}${(await answer.getByRole('link', { name: 'link' }).getAttribute('href'))!}`);
  await page.reload();
  await page.locator('[aria-current=true]', { hasText: 'answer 1' }).waitFor();
  await answer.getByText('try 1', { exact: true }).waitFor();
  await page.getByRole('heading', { name: '2 of 3 answers right; it should be 006' }).waitFor();
  await page.getByRole('group', { name: 'Answer 2' }).getByText('no answer found').waitFor();
  await page.getByRole('group', { name: 'Answer 2' }).getByText('cut off at the length limit').waitFor();
  await page.getByText('What is left?', { exact: true }).waitFor();
});

inBrowser('keys alone lead to an answer, and to what another evaluation answered', 'view=curves', async ({ page }) => {
  await page.getByRole('button', { name: 'Samples of step 1' }).waitFor();
  await page.keyboard.press('a');
  await page.getByText('308 questions of 308', { exact: true }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.getByRole('article', { name: 'Question 1 of base' }).waitFor();
  await page.getByText('So 12 are left.').waitFor(); // a single response is unfolded
  await page.keyboard.press('r');
  await page.locator('details[open]').waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.waitForURL(/sample=0/);
  await page.getByRole('region', { name: 'The same question elsewhere' }).getByRole('link', { name: 'tuned' }).waitFor();
  await page.keyboard.press('l');
  await page.getByRole('article', { name: 'Question 1 of tuned' }).waitFor();
  await page.keyboard.press('h');
  await page.getByRole('article', { name: 'Question 1 of base' }).waitFor();
  await page.keyboard.press('.');
  await page.getByText('page 2 of 4').waitFor();
  await page.keyboard.press('u');
  await page.getByRole('table', { name: 'Evaluations', exact: true }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('question 7?');
  await page.keyboard.press('Enter');
  await page.getByText('2 questions of 308', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).getByText('the figures of all evaluations').waitFor();
});

inBrowser('markup, scripts and characters that are not seen are shown as text', 'view=benchmarks&within=hostile', async ({ page }) => {
  await page.getByRole('table', { name: 'hostile, by category' }).waitFor();
  await page.getByRole('list', { name: 'Questions' }).getByRole('link').click();
  await page.getByRole('article').waitFor();
  await page.getByRole('group', { name: 'Answer 0' }).locator('details[open]').waitFor();
  const text = await page.locator('main').innerText();
  for (const shown of [script, image, link, '<U+202E>', '<U+200B>', '<U+0000>']) assert.ok(text.includes(shown), shown);
  assert.doesNotMatch(text, /[\u202e\u200b\u0000\u001b]/);
  assert.equal(await page.locator('main :is(script, img, iframe, style, [onerror], a[href^="javascript"])').count(), 0);
  assert.equal(await page.evaluate<boolean>(`'hacked' in globalThis`), false);
});

inBrowser('answers of an earlier version are shown, without the text of the question', 'view=benchmarks&within=stored', async ({ page }) => {
  await page.getByText('6 questions of 308', { exact: true }).waitFor();
  await page.getByRole('list', { name: 'Questions' }).getByRole('link').first().click();
  await page.getByText(/This log is of an earlier version/).waitFor();
  await page.getByRole('group', { name: 'Answer 1' }).waitFor();
});

for (const hash of ['view=benchmarks&within=base', 'view=benchmarks&evaluation=aime&batch=0&item=I-1']) {
  inBrowser(`everything that can be used has a name, and 400 px are enough: ${hash}`, hash, async ({ page }) => {
    await page.locator('table, article').first().waitFor();
    await page.getByText(/^\d+ questions? of 308$/).waitFor({ state: 'attached' });
    await assertUsable(page);
    await page.locator('table, article').first().waitFor();
  });
}

async function onGrowingEvaluation(t: TestContext): Promise<string> {
  const directory = await smallEvaluation(parent, 'going on', gsm8k(() => true).slice(0, 64), { questions: 150 });
  const own = await startExploreServer({ runs: new Map(), evaluations: new Map([['going on', directory]]), labels: new Map(), port: 0, assets: pageAssets() });
  t.after(() => own.close());
  return own.url;
}

inBrowser('an evaluation that goes on is followed; a part that is damaged is told of, and the rest is shown', onGrowingEvaluation, async ({ page }) => {
  await page.getByText('64 questions of 64', { exact: true }).waitFor();
  await page.getByRole('row', { name: /64 of 150 100\.0% so far/ }).waitFor();
  const directory = await smallEvaluation(parent, 'going on', gsm8k(() => true).slice(0, 128), { questions: 150 });
  await page.getByText('128 questions of 128', { exact: true }).waitFor();
  const part = join(directory, 'answers', 'part-000000.parquet');
  writeFileSync(part, Buffer.alloc(statSync(part).size, 7));
  await page.reload();
  await page.getByRole('alert').getByText(/not a whole Parquet file.*part-000000/).waitFor();
  await page.getByText('64 questions of 64', { exact: true }).waitFor();
});

async function onExportedEvaluations(): Promise<string> {
  const target = join(parent, 'exported');
  await exportExplorer({ fileSystem: nodeFileSystem, runs: new Map(), evaluations, labels: new Map(), assets: pageAssets(), target });
  return pathToFileURL(join(target, 'index.html')).href;
}

inBrowser('an exported folder has them too, without a run as well', onExportedEvaluations, async ({ page }) => {
  await page.getByText('308 questions of 308', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Evaluation' }).selectOption('aime');
  await page.getByRole('list', { name: 'Questions' }).getByRole('link').click();
  await page.getByRole('group', { name: 'Answer 1' }).waitFor();
  await page.reload();
  await page.getByRole('group', { name: 'Answer 1' }).waitFor();
  assert.deepEqual(await page.getByRole('navigation', { name: 'Views' }).getByRole('button').allInnerTexts(), ['Benchmarks']);
});
