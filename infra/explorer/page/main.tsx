/** Starts the page: over a server, or in an exported folder. */
import { render } from 'preact';
import { globals, type ExportBoot } from '../export-format.ts';
import { readAddress } from '../view/address.ts';
import { App } from './app.tsx';
import { EvaluationData } from './data/evaluation-data.ts';
import { exportedOrigin } from './data/exported-origin.ts';
import { remoteReader } from './data/remote-reader.ts';
import { RunData } from './data/run-data.ts';
import type { Origin, OriginRun } from './data/run-source.ts';
import { servedOrigin } from './data/served-origin.ts';
import { Problem } from './parts/problem.tsx';
import { restoreTheme } from './state/theme.ts';

/** How often what may go on is looked at. */
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
  const evaluations = evaluationData(origin);
  root.replaceChildren();
  render(<App runs={runs} evaluations={evaluations} live={origin.live} />, root);
  const all = [...runs, ...evaluations];
  await Promise.all(all.map((each) => each.refresh()));
  if (!origin.live) return;
  for (const each of all) follow(each);
}

/** @param soon whether it is asked for samples as soon as its manifest is there */
function runData(origin: Origin, run: OriginRun, soon: boolean): RunData {
  const source = origin.source(run.name);
  const reader = (started: boolean) => remoteReader(source, () => origin.startWorker(), started);
  return new RunData(run, source, { near: reader(soon), background: reader(false) });
}

/** They share two workers. */
function evaluationData(origin: Origin): EvaluationData[] {
  const { evaluations } = origin;
  const reader = () => remoteReader(evaluations, () => origin.startWorker(), false);
  const readers = { near: reader(), background: reader() };
  return evaluations.names.map((name) => new EvaluationData(name, evaluations, readers));
}

function follow(followed: RunData | EvaluationData): void {
  setTimeout(() => void followed.refresh().then(() => follow(followed)), followMs);
}
