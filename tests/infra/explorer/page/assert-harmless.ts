import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Nothing of a hostile text has become a part of the page, was run, or stands there unseen. */
export async function assertHarmless(page: Page): Promise<void> {
  assert.doesNotMatch(await page.locator('main').innerText(), /[\u202e\u200b\u0000\u001b]/);
  assert.equal(await page.locator('main :is(script, img, iframe, style, [onerror], a[href^="javascript"])').count(), 0);
  assert.equal(await page.evaluate<boolean>(`'hacked' in globalThis`), false);
}
