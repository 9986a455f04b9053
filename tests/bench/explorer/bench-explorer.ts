/**
 * The explorer over a run of the paper's size, in a real Chromium on loopback: 2,000 simulated steps, written once and kept below `.cache/`. Out: how long until the curves of the whole run are
 * drawn and until all their steps are, how long a sample takes, wherever it is and by whichever way one comes to it, how long lists and search take, and the memory of the tab. Each open page is
 * new: nothing is cached. Can go wrong: BACKEND_UNAVAILABLE where there is no browser.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { pageAssets } from '../../../infra/explorer/page-assets.ts';
import { startExploreServer } from '../../../infra/explorer/server/explore-server.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { browserProgram, noBrowser, openBrowser } from '../../infra/explorer/open-browser.ts';
import { watchedPage } from '../../infra/explorer/watched-page.ts';
import type { BenchRow } from '../bench-row.ts';
import { simulatedRun } from './simulated-run.ts';
import { unwatchedTab } from './unwatched-tab.ts';

const steps = 2000;
/** Where samples are opened: spread over the run. */
const places = [1, 400, 1000, 1600, 2000] as const;

export async function benchExplorer(): Promise<BenchRow[]> {
  const directory = await simulatedRun(join(packageRoot(), '.cache', 'bench-explorer'), steps, (line) => process.stderr.write(`${line}\n`));
  const browser = await openBrowser();
  if (browser === null) throw new PretrainZeroError('BACKEND_UNAVAILABLE', noBrowser);
  const server = await startExploreServer({ runs: new Map([['simulated', directory]]), evaluations: new Map(), labels: new Map(), port: 0, assets: pageAssets() });
  try {
    return [...(await benchCurves(browser, server.url)), ...(await benchSamples(browser, server.url)), ...(await benchWholeRun(server.url))];
  } finally {
    await server.close();
    await browser.close();
  }
}

/** Milliseconds since the page's own beginning. */
const now = (page: Page): Promise<number> => page.evaluate<number>('performance.now()');

async function benchCurves(browser: Browser, url: string): Promise<BenchRow[]> {
  const opened: { readonly paint: number; readonly curves: number; readonly complete: number }[] = [];
  for (let round = 0; round < 3; round++) {
    const { page } = await watchedPage(browser, `${url}#view=curves`);
    await page.getByRole('img', { name: /^Reward over steps. At step 2000: mask prediction \d/ }).locator('canvas').waitFor();
    const curves = await now(page);
    await page.getByText(/reading .* more step/).waitFor({ state: 'detached' });
    const complete = await now(page);
    const paint = await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0].startTime`);
    opened.push({ paint, curves, complete });
    await page.context().close();
  }
  const least = (of: (each: (typeof opened)[number]) => number): number => Math.min(...opened.map(of));
  return [
    { name: 'first contentful paint', value: least(({ paint }) => paint), unit: 'ms', note: 'least of 3' },
    { name: 'curves of the whole run drawn', value: least(({ curves }) => curves), unit: 'ms', note: 'every twentieth step; least of 3; under 2,000 asked' },
    { name: 'every step in the curves', value: least(({ complete }) => complete), unit: 'ms', note: 'least of 3' },
  ];
}

async function benchSamples(browser: Browser, url: string): Promise<BenchRow[]> {
  const linked: number[] = [];
  for (const step of places) {
    const { page } = await watchedPage(browser, `${url}#view=samples&step=${step}&slot=17&mask=3`);
    await page.getByRole('article', { name: `Step ${step}, slot 17 of simulated` }).waitFor();
    linked.push(await now(page));
    await page.context().close();
  }
  const { page } = await watchedPage(browser, `${url}#view=samples&step=2000&slot=0`);
  await page.getByRole('article').waitFor();
  const jumps: number[] = [];
  const tokens: number[] = [];
  for (const step of places.slice(0, -1)) {
    jumps.push(await timed(page, () => page.evaluate(`location.hash = '#view=samples&step=${step}&slot=9&mask=2'`), () => page.getByRole('article', { name: `Step ${step}, slot 9 of simulated` }).waitFor()));
    tokens.push(await timed(page, () => page.keyboard.press('t'), () => page.locator('.token').first().waitFor()));
    await page.keyboard.press('t');
  }
  await page.context().close();
  return [
    { name: 'a sample by its link, page and all', value: Math.max(...linked), unit: 'ms', note: 'most of 5, the browser new to the run; under 1,000 asked' },
    { name: 'a sample at another step', value: Math.max(...jumps), unit: 'ms', note: 'most of 4, page open' },
    { name: 'log-probabilities of a mask\'s rollouts', value: Math.max(...tokens), unit: 'ms', note: 'most of 4' },
  ];
}

/** In a tab that nothing else looks at, so that its memory is what a person's would be. */
async function benchWholeRun(url: string): Promise<BenchRow[]> {
  const tab = await unwatchedTab(browserProgram()!, `${url}#view=samples&list=masks&sort=hardest`);
  try {
    const first = await tab.until(`document.querySelector('ul[aria-label=Masks] a') !== null`);
    const complete = await tab.until(`document.querySelector('.list-pane .status') !== null && document.querySelector('.list-pane progress') === null`);
    const masks = await tab.evaluate<string>(`document.querySelector('.list-pane .status').innerText`);
    const led = async (hash: string, seen: string): Promise<number> => {
      const before = await tab.evaluate<number>(`(location.hash = ${JSON.stringify(hash)}, performance.now())`);
      return (await tab.until(seen)) - before;
    };
    const filtered = await led('#view=samples&list=masks&sort=hardest&outcome=some', `document.querySelector('.list-pane .status').innerText !== ${JSON.stringify(masks)}`);
    const opened = await led('#view=samples&list=masks&sort=hardest&outcome=some&step=777&slot=3&mask=1', `document.querySelector('article') !== null`);
    const megabytes = await tab.memory();
    const searched = await led('#view=samples&list=search&search=no+such+text+anywhere', `document.querySelector('.list-pane .status')?.innerText === '0 hits in 2,000 steps'`);
    const afterSearch = await tab.memory();
    return [
      { name: 'first lines of the hardest masks', value: first, unit: 'ms' },
      { name: 'all masks of all steps in the list', value: complete, unit: 'ms', note: masks },
      { name: 'another filter', value: filtered, unit: 'ms' },
      { name: 'a sample from the list', value: opened, unit: 'ms' },
      { name: 'search in everything, nothing found', value: searched, unit: 'ms' },
      { name: 'memory of the tab with all masks', value: megabytes, unit: 'MB', note: 'private footprint of its process, workers included; under 500 asked' },
      { name: 'memory of the tab after the search', value: afterSearch, unit: 'MB', note: 'likewise' },
    ];
  } finally {
    await tab.close();
  }
}

/** From before an action until what it leads to is there. */
async function timed(page: Page, act: () => Promise<unknown>, seen: () => Promise<unknown>): Promise<number> {
  const before = await now(page);
  await act();
  await seen();
  return (await now(page)) - before;
}
