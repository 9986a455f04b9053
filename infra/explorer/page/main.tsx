/** Starts the page: over a server, or in an exported folder. */
import { render } from 'preact';
import { globals, type ExportBoot } from '../export-format.ts';
import { readAddress } from '../view/address.ts';
import { App } from './app.tsx';
import { exportedOrigin } from './data/exported-origin.ts';
import { remoteReader } from './data/remote-reader.ts';
import { RunData } from './data/run-data.ts';
import type { Origin, OriginRun } from './data/run-source.ts';
import { servedOrigin } from './data/served-origin.ts';
import { Problem } from './parts/problem.tsx';
import { restoreTheme } from './state/theme.ts';

/** How often the manifest of a run that may go on is looked at. */
const followMs = 2000;

const root = document.getElementById('page')!;
restoreTheme();
start().catch((error: unknown) => {
  root.replaceChildren();
  render(<Problem reason={error instanceof Error ? error.message : String(error)} />, root);
});

async function start(): Promise<void> {
  const boot = (globalThis as Readonly<Record<string, unknown>>)[globals.boot] as ExportBoot | undefined;
  const origin = boot === undefined ? await servedOrigin() : exportedOrigin(boot);
  const wanted = readAddress(location.hash).run;
  const shown = origin.runs.find(({ name }) => name === wanted) ?? origin.runs[0];
  const runs = origin.runs.map((run) => runData(origin, run, run === shown));
  root.replaceChildren();
  render(<App runs={runs} live={origin.live} />, root);
  await Promise.all(runs.map((run) => run.refresh()));
  if (!origin.live) return;
  for (const run of runs) follow(run);
}

/** @param soon whether it is asked for samples as soon as its manifest is there */
function runData(origin: Origin, run: OriginRun, soon: boolean): RunData {
  const source = origin.source(run.name);
  const reader = (started: boolean) => remoteReader(source, () => origin.startWorker(), started);
  return new RunData(run, source, { near: reader(soon), background: reader(false) });
}

function follow(run: RunData): void {
  setTimeout(() => void run.refresh().then(() => follow(run)), followMs);
}
