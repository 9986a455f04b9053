/** Tests of the page in a real Chromium: one browser and one server for all of a file. In: what starts the server. Out: what makes a test, which is skipped where there is no browser. */
import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ExploreServer } from '../../../../infra/explorer/server/explore-server.ts';
import { noBrowser, openBrowser } from '../open-browser.ts';
import { watchedPage, type WatchedPage } from '../watched-page.ts';

export interface BrowserTests {
  /** On the page, in which nothing may go wrong. @param place of the server's page; or what gives another address */
  readonly inBrowser: (name: string, place: string | ((t: TestContext) => Promise<string>), check: (watched: WatchedPage, t: TestContext) => Promise<void>) => void;
  readonly server: () => ExploreServer;
}

export function browserTests(start: () => Promise<ExploreServer>): BrowserTests {
  let browser: Browser | null = null;
  let server: ExploreServer | null = null;
  before(async () => {
    browser = await openBrowser();
    if (browser !== null) server = await start();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    inBrowser: (name, place, check) =>
      void test(name, async (t) => {
        if (browser === null) return t.skip(noBrowser);
        const watched = await watchedPage(browser, typeof place === 'string' ? `${server!.url}#${place}` : await place(t));
        await check(watched, t);
        assert.deepEqual(watched.complaints, []);
        await watched.page.context().close();
      }),
    server: () => server!,
  };
}
