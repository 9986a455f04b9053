import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Everything that can be used has a name for who does not see it, and 400 px are enough for who has no more. */
export async function assertUsable(page: Page): Promise<void> {
  const nameless = await page.evaluate<string[]>(`
    [...document.querySelectorAll('button, a, input, select, [role=button], [role=img], table, ul.list')]
      .filter((element) => (element.getAttribute('aria-label') ?? element.closest('label')?.innerText ?? element.innerText).trim() === '')
      .map((element) => element.outerHTML.slice(0, 120))`);
  assert.deepEqual(nameless, []);
  await page.setViewportSize({ width: 400, height: 800 });
  const [content, room] = await page.evaluate<[number, number]>(`[Math.max(document.documentElement.scrollWidth, document.querySelector('main').scrollWidth), document.documentElement.clientWidth]`);
  assert.equal(room, 400);
  assert.ok(content <= room, `${content} px of content in ${room}`);
}
