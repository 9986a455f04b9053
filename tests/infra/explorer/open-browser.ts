/**
 * A real Chromium for tests and benches. Out: a browser with a profile of its own, or null where there is none (`sh infra/setup/browser.sh` finds or fetches one). Fails with what starting it
 * throws.
 */
import { spawnSync } from 'node:child_process';
import { chromium, type Browser } from 'playwright-core';

export const browserFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--no-zygote', '--disable-background-networking', '--disable-component-update', '--disable-sync'] as const;

export const noBrowser = 'no Chromium: set PRETRAINZERO_CHROMIUM to its program';

/** Its path; null where there is none. */
export function browserProgram(): string | null {
  const given = process.env.PRETRAINZERO_CHROMIUM;
  if (given !== undefined && given !== '') return pathOf(given);
  const found = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].find((name) => spawnSync(name, ['--version']).status === 0);
  return found === undefined ? null : pathOf(found);
}

function pathOf(program: string): string {
  return program.includes('/') ? program : spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
}

export async function openBrowser(): Promise<Browser | null> {
  const executablePath = browserProgram();
  if (executablePath === null) return null;
  return chromium.launch({ executablePath, headless: true, args: [...browserFlags] });
}
