/**
 * How many workers a run must start. In: how many are wanted of each stage, and at every look how many its group has and how many processes are this run's own. Out: those to start now. Pure.
 *
 * A worker that died without a word is in its group until its session times out, and one that starts is not yet in it. So what is missing at the first look is started at once, and later on only what has been
 * missing at several looks in a row.
 */
export interface StageCount {
  readonly stage: string;
  /** Of its group, wherever they are. */
  readonly members: number;
  /** Processes that this run has started and that have not left. */
  readonly own: number;
}

export class MissingWorkers {
  readonly #wanted: Readonly<Record<string, number>>;
  readonly #patience: number;
  readonly #short = new Map<string, number>(); // looks in a row at which some were missing
  #looks = 0;

  /** @param patience looks in a row. */
  constructor(wanted: Readonly<Record<string, number>>, patience: number) {
    this.#wanted = wanted;
    this.#patience = patience;
  }

  look(counts: readonly StageCount[]): { readonly stage: string; readonly count: number }[] {
    const first = this.#looks++ === 0;
    return counts.flatMap(({ stage, members, own }) => {
      const count = Math.max(0, (this.#wanted[stage] ?? 1) - Math.max(members, own));
      const looks = count === 0 ? 0 : (this.#short.get(stage) ?? 0) + 1;
      const now = count > 0 && (first || looks >= this.#patience);
      this.#short.set(stage, now ? 0 : looks);
      return now ? [{ stage, count }] : [];
    });
  }
}
