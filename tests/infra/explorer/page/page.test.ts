/** The explorer in a real Chromium, over its server and exported. */
import assert from 'node:assert/strict';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, type TestContext } from 'node:test';
import { exportExplorer } from '../../../../infra/explorer/export-explorer.ts';
import { pageAssets } from '../../../../infra/explorer/page-assets.ts';
import { startExploreServer } from '../../../../infra/explorer/server/explore-server.ts';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import { hostileText, withHostileText } from '../hostile-text.ts';
import { newFolder, smallRun, type SmallRun } from '../small-run.ts';
import { assertHarmless } from './assert-harmless.ts';
import { assertUsable } from './assert-usable.ts';
import { browserTests } from './in-browser.ts';
import { tokenizerOfWords, withEvaluations } from './with-evaluations.ts';

const parent = newFolder();
let run: SmallRun;

const { inBrowser, server } = browserTests(async () => {
  run = await smallRun(parent, 'first', tokenizerOfWords);
  const labelled = await run.commit(withEvaluations);
  await run.commit(withHostileText);
  await run.commit();
  const beside = await smallRun(parent, 'second');
  await beside.commit();
  await beside.commit((commit) => ({ ...commit, checkpoint: true }));
  rmSync(join(beside.directory, 'checkpoints'), { recursive: true });
  const runs = new Map([
    ['first', run.directory],
    ['second', beside.directory],
  ]);
  const labels = join(parent, 'labels.jsonl');
  const { paragraph, passages } = labelled.paragraphs[0]!;
  const spans = passages[0]!.spanStarts.map((start) => ({ start, end: start + passages[0]!.maskText.length, class: 'knowledge' }));
  writeFileSync(labels, `${JSON.stringify({ text: paragraph.text, spans })}\n`);
  return startExploreServer({ runs, evaluations: new Map(), labels: new Map([['first', labels]]), port: 0, assets: pageAssets() });
});
after(() => rmSync(parent, { recursive: true })); // once nobody reads it any more

inBrowser('curves of both runs; a click on one leads to the samples of a step', 'view=curves&beside=second', async ({ page }) => {
  for (const title of ['Reward', 'Accuracy', 'Response length', 'Entropy', 'Held-out accuracy by class', 'Mask probe by class', 'Staleness', 'Throughput']) await page.getByRole('img', { name: new RegExp(`^${title} over steps`) }).waitFor();
  const reward = page.getByRole('img', { name: /^Reward over steps. At step 3/ });
  await reward.locator('canvas').waitFor();
  const box = (await reward.locator('.u-over').boundingBox())!;
  await page.mouse.click(box.x + 3, box.y + box.height / 2);
  await page.getByRole('list', { name: 'Paragraphs of step 1' }).waitFor();
});

inBrowser('markup, scripts and characters that are not seen are shown as text', 'view=samples&step=2&slot=0&mask=0', async ({ page }) => {
  await page.getByRole('button', { name: 'Mask 0', exact: true }).waitFor();
  await page.getByLabel('reasoning').check();
  const text = await page.locator('main').innerText();
  for (const shown of [hostileText.script, hostileText.image, hostileText.link]) assert.ok(text.includes(shown), shown);
  for (const escape of ['<U+202E>', '<U+200B>', '<U+001B>', '<U+0000>']) assert.ok(text.includes(escape), escape);
  await assertHarmless(page);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('<script>');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Hits' }).getByRole('link').first().waitFor();
  await assertHarmless(page);
});

inBrowser('an answer beside the truth that it only looks like', 'view=samples&step=2&slot=1&mask=0', async ({ page }) => {
  const detail = page.getByRole('region', { name: 'Mask 0' });
  await detail.getByText(`${hostileText.truth}·`, { exact: true }).first().waitFor();
  await detail.getByText('should be').first().waitFor();
});

inBrowser('a link to a sample survives a reload, and says all that it needs', 'view=samples&run=first&step=1&slot=1', async ({ page }) => {
  await page.getByRole('button', { name: 'Mask 2', exact: true }).click();
  await page.waitForURL(/mask=2/);
  const title = await page.getByRole('article').getByRole('heading', { level: 2 }).innerText();
  const link = await page.getByRole('link', { name: 'link' }).getAttribute('href');
  await page.reload();
  await page.locator('tr.chosen').getByRole('button', { name: 'Mask 2', exact: true }).waitFor();
  assert.equal(await page.getByRole('article').getByRole('heading', { level: 2 }).innerText(), title);
  await page.goto(`${server().url}${link!}`);
  await page.locator('tr.chosen').getByRole('button', { name: 'Mask 2', exact: true }).waitFor();
});

inBrowser('keys alone lead from the curves to a token', 'view=curves', async ({ page }) => {
  await page.getByRole('button', { name: 'Samples of step 3' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Samples of step 1' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Paragraphs of step 1' }).getByRole('link').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.getByRole('article', { name: 'Step 1, slot 1 of first' }).waitFor();
  await page.keyboard.press('n');
  await page.waitForURL(/mask=\d/);
  await page.keyboard.press('r');
  await page.locator('details[open]').first().waitFor();
  const before = page.url();
  await page.keyboard.press('n'); // what is unfolded stays so
  await page.waitForURL((url) => url.href !== before);
  await page.locator('details[open]').first().waitFor();
  await page.keyboard.press('t');
  await page.locator('.token', { hasText: /^w\d+/ }).first().waitFor();
  assert.match((await page.locator('.token').first().getAttribute('title')) ?? '', /^-?\d+\.\d{4} nats, p = [01]\.\d{4}$/);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).getByText('the next mask').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('b');
  await page.getByRole('article', { name: /of second$/ }).waitFor();
});

inBrowser('where no checkpoint with a tokenizer is left, tokens have their numbers', 'view=samples&run=second&step=1&slot=0', async ({ page }) => {
  await page.getByLabel('log-probabilities').check();
  await page.locator('.token', { hasText: /^#\d+/ }).first().waitFor();
});

inBrowser('filters and sorted lists over all steps', 'view=samples&list=masks', async ({ page }) => {
  const list = page.getByRole('list', { name: 'Masks' });
  await list.getByRole('link').first().waitFor();
  await page.getByText(/^\d+ masks of 36$/).waitFor();
  const all = await list.getByRole('link').count();
  await page.getByLabel('Outcome').selectOption('never');
  await page.waitForURL(/outcome=never/);
  const never = await list.getByRole('link').count();
  assert.ok(never < all);
  for (const line of await list.getByRole('link').all()) assert.match(await line.innerText(), /0\/4/);
  await page.getByLabel('to step').fill('1');
  await page.keyboard.press('Enter');
  await page.waitForURL(/to=1/);
  for (const line of await list.getByRole('link').all()) assert.match(await line.innerText(), /^1\//);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByLabel('Sort').selectOption('hardest');
  await page.waitForURL(/sort=hardest/);
  const shares = (await list.locator('.solved').allInnerTexts()).map((text) => Number(text.split('/')[0]));
  assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
});

inBrowser('masks by the class of what they hide: of the labels', 'view=samples&list=masks&of=knowledge', async ({ page }) => {
  const list = page.getByRole('list', { name: 'Masks' });
  await page.getByText(/^\d+ masks? of 36$/).waitFor();
  const known = await list.getByRole('link').count();
  assert.ok(known > 0);
  for (const line of await list.getByRole('link').all()) assert.match(await line.innerText(), /knowledge/);
  await page.getByLabel('Class').selectOption('unlabelled');
  await page.waitForURL(/of=unlabelled/);
  const others = await list.getByRole('link').count();
  await page.getByLabel('Class').selectOption('any');
  await page.waitForURL((url) => !url.hash.includes('of='));
  assert.equal(await list.getByRole('link').count(), known + others);
});

inBrowser('masks by what they look like, where a corpus has no labels', 'view=samples&list=masks&run=second&of=word', async ({ page }) => {
  await page.getByText(/^\d+ masks? of 24$/).waitFor();
  for (const line of await page.getByRole('list', { name: 'Masks' }).getByRole('link').all()) assert.match(await line.innerText(), /word/);
  const choices = await page.getByLabel('Class').locator('option').allInnerTexts();
  assert.deepEqual(choices.filter((choice) => !['any', 'number', 'name', 'function word', 'word', 'phrase', 'fragment'].includes(choice) && !choice.startsWith('unusable: ')), []);
});

inBrowser('masks that could not be used, by the reason in place of a class', 'view=samples&list=masks', async ({ page }) => {
  const list = page.getByRole('list', { name: 'Masks' });
  await page.getByText(/^\d+ masks of 36$/).waitFor();
  const reasons = (await page.getByLabel('Class').locator('option').allInnerTexts()).filter((choice) => choice.startsWith('unusable: '));
  assert.ok(reasons.length > 0);
  await page.getByLabel('Class').selectOption(reasons[0]!);
  await page.waitForURL(/role=mask/);
  assert.ok((await list.getByRole('link').count()) > 0);
  assert.equal(await list.getByRole('link').count(), await list.locator('.untried').count());
  await page.getByLabel('Role').selectOption('predict');
  await page.waitForURL((url) => !url.hash.includes('of='));
});

inBrowser('light or dark: as the system has it, until a person chooses', 'view=curves', async ({ page }) => {
  const colours = () => page.evaluate<string[]>(`[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, getComputedStyle(document.documentElement).getPropertyValue('--hue-mask').trim()]`);
  const [light, dark] = [['rgb(253, 253, 252)', 'rgb(29, 31, 33)', '#c4620c'], ['rgb(22, 24, 26)', 'rgb(228, 229, 227)', '#f0a05a']];
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(await colours(), light);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await colours(), dark);
  await page.getByRole('button', { name: 'Light or dark' }).click();
  assert.deepEqual(await colours(), light);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Light or dark' }).click();
  assert.deepEqual(await colours(), dark);
  await page.reload();
  assert.deepEqual(await colours(), dark);
});

inBrowser('the same paragraph over steps, and in the run beside', 'view=samples&step=3&slot=2&list=paragraph&beside=second', async ({ page }) => {
  const list = page.getByRole('list', { name: 'The paragraph over steps' });
  await list.getByRole('link').nth(1).waitFor();
  const title = (): Promise<string[]> => page.getByRole('article').getByRole('heading', { level: 2 }).allInnerTexts();
  await page.getByRole('article', { name: /of second$/ }).waitFor();
  const before = await title();
  assert.equal(before[0], before[1]);
  await list.getByRole('link').first().click();
  await page.getByRole('article', { name: /^Step [12], slot \d of first/ }).waitFor();
  assert.equal((await title())[0], before[0]);
});

inBrowser('evaluations by class', 'view=evaluations', async ({ page }) => {
  await page.getByText('2 samples of 2', { exact: true }).waitFor();
  await page.getByLabel('Class').selectOption('noise');
  await page.getByText('1 sample of 2', { exact: true }).waitFor();
  await page.getByRole('cell', { name: 'Rome·' }).waitFor();
});

inBrowser('a run that goes on is followed', 'view=samples', async ({ page }) => {
  await page.getByRole('list', { name: 'Paragraphs of step 3' }).getByRole('link').first().waitFor();
  await run.commit();
  await page.getByRole('list', { name: 'Paragraphs of step 4' }).getByRole('link').first().waitFor();
  await page.keyboard.press('c');
  await page.getByRole('img', { name: /^Reward over steps. At step 4: mask prediction \d/ }).waitFor();
});

async function onDamagedRun(t: TestContext): Promise<string> {
  const damaged = await smallRun(parent, 'damaged');
  for (let step = 1; step <= 2; step++) await damaged.commit();
  for (const table of ['samples/groups', 'metrics/steps']) {
    const part = join(damaged.directory, table, 'step=000001.parquet');
    writeFileSync(part, Buffer.alloc(statSync(part).size, 7));
  }
  const own = await startExploreServer({ runs: new Map([['damaged', damaged.directory]]), evaluations: new Map(), labels: new Map(), port: 0, assets: pageAssets() });
  t.after(() => own.close());
  return `${own.url}#view=samples&list=masks`;
}

inBrowser('a part that is damaged is told of, and the rest is shown all the same', onDamagedRun, async ({ page }) => {
  await page.getByRole('alert').getByText(/not a whole Parquet file.*groups\/step=000001/).waitFor();
  await page.getByText(/^1\d masks of 12$/).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('alert').getByText(/metrics\/steps\/step=000001/).waitFor();
  await page.getByRole('img', { name: /^Reward over steps. At step 2: mask prediction \d/ }).waitFor();
});

for (const view of ['curves', 'samples&step=2&slot=0', 'samples&list=masks', 'evaluations', 'letters']) {
  inBrowser(`everything that can be used has a name, and 400 px are enough: ${view}`, `view=${view}`, async ({ page }) => {
    await page.getByText(/^step \d · following$/).waitFor();
    await assertUsable(page);
  });
}

async function onExportedRun(): Promise<string> {
  const target = join(parent, 'exported');
  await exportExplorer({ fileSystem: nodeFileSystem, runs: new Map([['first', run.directory]]), evaluations: new Map(), labels: new Map([['first', join(parent, 'labels.jsonl')]]), assets: pageAssets(), target });
  return `${pathToFileURL(join(target, 'index.html')).href}#view=curves`;
}

inBrowser('an exported folder opens without a server', onExportedRun, async ({ page }) => {
  await page.getByRole('img', { name: /^Reward over steps. At step \d: mask prediction \d/ }).waitFor();
  await page.keyboard.press('s');
  await page.getByRole('list', { name: /Paragraphs of step/ }).getByRole('link').first().click();
  await page.getByRole('article').waitFor();
  await page.getByLabel('log-probabilities').check();
  await page.locator('.token', { hasText: /^w\d+/ }).first().waitFor();
  await page.keyboard.press('f');
  await page.getByText(/^\d+ masks of \d+$/).waitFor();
  await page.getByLabel('Class').selectOption('knowledge');
  await page.reload();
  await page.getByRole('article').waitFor();
});
