/**
 * Pictures of the explorer for the README: `node dist/tests/bench/explorer/screenshots.js FOLDER RUN [BESIDE]`. Out: `samples.png` (1280 px, light), `curves.png` (1280 px, dark, with the run beside) and
 * `narrow.png` (400 px) in the folder. Exits 1 where there is no browser or no such run.
 */
import { join } from 'node:path';
import { runLabels } from '../../../infra/cli/run-labels.ts';
import { namedFolders } from '../../../infra/explorer/named-folders.ts';
import { pageAssets } from '../../../infra/explorer/page-assets.ts';
import { startExploreServer } from '../../../infra/explorer/server/explore-server.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { noBrowser, openBrowser } from '../../infra/explorer/open-browser.ts';

const [folder, ...directories] = process.argv.slice(2);
if (folder === undefined || directories.length === 0) throw new Error('usage: screenshots FOLDER RUN [BESIDE]');
const { runs, evaluations } = await namedFolders(nodeFileSystem, process.cwd(), directories);
const [, beside] = [...runs.keys()];
const labels = await runLabels(runs, null, { fileSystem: nodeFileSystem, folder: process.cwd() });
const server = await startExploreServer({ runs, evaluations, labels, port: 0, assets: pageAssets() });
const browser = await openBrowser();
if (browser === null) throw new Error(noBrowser);

interface Picture {
  readonly name: string;
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
  /** What is there when all is drawn. */
  readonly ready: string;
}

const pictures: readonly Picture[] = [
  { name: 'samples', hash: 'view=samples&slot=3', width: 1280, height: 720, colorScheme: 'light', ready: 'article' },
  { name: 'curves', hash: `view=curves${beside === undefined ? '' : `&beside=${encodeURIComponent(beside)}`}`, width: 1280, height: 620, colorScheme: 'dark', ready: '.chart canvas' },
  { name: 'narrow', hash: 'view=samples&slot=3', width: 400, height: 720, colorScheme: 'light', ready: 'article' },
];

for (const { name, hash, width, height, colorScheme, ready } of pictures) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: 'en-US' });
  await page.goto(`${server.url}#${hash}`);
  await page.locator(ready).first().waitFor();
  if (name === 'curves') await page.getByRole('img', { name: /^Held-out accuracy by class/ }).waitFor(); // the last to come
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
await server.close();
