/**
 * The side of the process that is measured. In: the job's file as argument, a line on standard input for each round. Out, on descriptor 3, as lines of
 * JSON: `null` once the model is loaded and one round is done, then each round's figures. Ends with standard input. Wrong: exits 1, the cause on standard error.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { JobOf, JobWork } from './job.ts';


/** Does one round, of which it tells what it saw. */
export type Round = () => Promise<object>;

const reportDescriptor = 3;

export async function serveRounds<K extends JobWork['kind']>(kind: K, prepare: (job: JobOf<K>) => Promise<Round>): Promise<void> {
  const job = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as JobOf<K>;
  if (job.work.kind !== kind) throw new Error(`the job is of kind ${job.work.kind}, not ${kind}`);
  const round = await prepare(job);
  await round();
  report(null);
  const requests = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  while ((await requests.next()).done !== true) {
    const started = performance.now();
    const seen = await round();
    report({ seconds: (performance.now() - started) / 1000, ...seen });
  }
  process.exit(0); // also where native threads are left
}

function report(value: object | null): void {
  writeSync(reportDescriptor, `${JSON.stringify(value)}\n`);
}
