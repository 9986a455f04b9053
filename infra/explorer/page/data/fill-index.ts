/**
 * Reads the digests of a run's steps, the newest first, until all that are committed are in its index. In: the run, and what ends it early. Out: resolves then. A step that
 * cannot be read is told of by the run, and passed over.
 */
import type { CommittedStep } from '../../log/committed-step.ts';
import type { RunData } from './run-data.ts';

/** Steps read at once: while one is decoded the bytes of the next come in. */
const atOnce = 3;

export async function fillIndex(run: RunData, signal: AbortSignal): Promise<void> {
  const { index } = run;
  const waiting = run.steps.filter(({ step }) => !index.has(step));
  const readNext = async (): Promise<void> => {
    for (let step = waiting.pop(); step !== undefined && !signal.aborted; step = waiting.pop()) await read(step);
  };
  const read = async (step: CommittedStep): Promise<void> => {
    try {
      index.add(await run.readers.background.digest(step, run.labels));
      run.changed();
    } catch (error) {
      run.fail(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readNext));
}
