/**
 * Shows how far a replay is, once it takes longer than two seconds: on a terminal a line that is drawn again, elsewhere one on standard error every ten seconds. In: events, a clock. Out: to
 * the terminal. Nothing can go wrong.
 */
import type { Clock } from '../../../operators/ports/clock.ts';
import type { ReplayEvent } from '../../../pipelines/replay/replay-events.ts';
import { count, duration } from '../amounts.ts';
import { createLiveBlock } from '../progress/live-block.ts';
import type { Terminal } from '../terminal.ts';

const quietMs = 2000;
const lineEveryMs = 10_000;

export interface ReplayProgress {
  show(event: ReplayEvent): void;
  /** Puts lasting lines above it. */
  print(lines: readonly string[]): void;
  clear(): void;
}

export function createReplayProgress(terminal: Terminal, clock: Clock, { silent }: { readonly silent: boolean }): ReplayProgress {
  const block = createLiveBlock(terminal);
  const started = clock.now();
  let [first, last, rollouts, toldAt] = [0, 0, 0, started];
  return {
    show(event) {
      if (event.type === 'replay-started') last = event.to;
      if (event.type !== 'step-replayed') return;
      first ||= event.step;
      rollouts += event.rollouts;
      const elapsed = clock.now() - started;
      if (silent || elapsed < quietMs || event.step >= last) return;
      const [done, all] = [event.step - first + 1, last - first + 1];
      const line = `step ${event.step} of ${last}  ${count((1000 * rollouts) / elapsed)} rollouts/s  ${duration((elapsed * (all - done)) / done)} left`;
      if (terminal.interactive) block.draw([line]);
      else if (clock.now() - toldAt >= lineEveryMs) {
        toldAt = clock.now();
        terminal.complain(`${line}\n`);
      }
    },
    print: (lines) => {
      if (terminal.interactive) block.print(lines);
      else if (lines.length > 0) terminal.write(lines.map((line) => `${line}\n`).join(''));
    },
    clear: () => {
      if (terminal.interactive) block.clear();
    },
  };
}
