/**
 * Measures several contenders side by side. In: their commands and one job each. Out: what each told, in the order given, or why it could not. All are started and
 * warmed first, and then take turns, so that what else the machine does falls on all of them. Nothing is thrown.
 */
import { Contender, type ContenderCommand, type Figures } from './contender.ts';
import type { Job } from './job.ts';

export interface Entry {
  readonly name: string;
  readonly command: ContenderCommand;
  readonly job: Job;
}

export type Outcome =
  | { readonly name: string; readonly rounds: readonly Figures[]; readonly peakBytes: number | null }
  | { readonly name: string; readonly failure: string };

export async function takeTurns(entries: readonly Entry[], rounds: number): Promise<Outcome[]> {
  const running: Running[] = [];
  for (const { name, command, job } of entries) {
    const state: Running = { name, contender: null, figures: [], failure: null };
    running.push(state);
    await attempt(state, async () => {
      state.contender = await Contender.start(command, job);
    });
  }
  for (let round = 0; round < rounds; round++) {
    for (const state of running) {
      const { contender, figures, failure } = state;
      if (contender !== null && failure === null) await attempt(state, async () => void figures.push(await contender.round()));
    }
  }
  const outcomes = running.map(({ name, contender, figures, failure }): Outcome => (failure === null ? { name, rounds: figures, peakBytes: contender!.peakBytes() } : { name, failure }));
  for (const { contender } of running) await contender?.stop();
  return outcomes;
}

interface Running {
  readonly name: string;
  contender: Contender | null;
  readonly figures: Figures[];
  failure: string | null;
}

async function attempt(state: Running, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    process.stderr.write(`  ${state.name}: ${(state.figures.at(-1)?.seconds as number | undefined)?.toFixed(3) ?? 'warm'}\n`);
  } catch (cause) {
    state.failure = lastLine(cause);
    process.stderr.write(`  ${state.name}: ${state.failure}\n`);
  }
}

/** The last line that names an error, where a stack follows it; else the last. */
function lastLine(cause: unknown): string {
  const lines = (cause instanceof Error ? cause.message : String(cause)).split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /error|out_of_memory|\b[A-Z]+_[A-Z_]+\b/iu.test(line) && !/^\s+at /u.test(line)) ?? lines.at(-1) ?? 'no word').trim();
}
