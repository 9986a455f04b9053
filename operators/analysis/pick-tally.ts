/** Counts over picks. In: picks, and tallies to add up. Out: what shares, means and the commonest texts follow from. Pure. */
import type { Pick } from './describe-pick.ts';

export interface TextCount {
  readonly picks: number;
  readonly solved: number;
  readonly attempts: number;
}

export interface PickTally {
  readonly picks: number;
  /** Picks by class; null where the corpus has no labels. */
  readonly classes: ReadonlyMap<string, number> | null;
  readonly kinds: ReadonlyMap<string, number>;
  /** Sums over the picks. */
  readonly words: number;
  readonly position: number;
  /** Sum of bits over the picks that have words, and their number. */
  readonly rarity: number;
  readonly withWords: number;
  readonly solved: number;
  readonly attempts: number;
  readonly texts: ReadonlyMap<string, TextCount>;
}

export function tallyPicks(picks: readonly Pick[]): PickTally {
  const sum = (of: (pick: Pick) => number): number => picks.reduce((total, pick) => total + of(pick), 0);
  const texts = new Map<string, TextCount>();
  for (const { text, solved, attempts } of picks) addText(texts, text, { picks: 1, solved, attempts });
  return {
    picks: picks.length,
    classes: picks.some(({ spanClass }) => spanClass === null) ? null : countBy(picks, ({ spanClass }) => spanClass ?? ''),
    kinds: countBy(picks, ({ kind }) => kind),
    words: sum(({ words }) => words),
    position: sum(({ position }) => position),
    rarity: sum(({ rarity }) => rarity ?? 0),
    withWords: picks.filter(({ rarity }) => rarity !== null).length,
    solved: sum(({ solved }) => solved),
    attempts: sum(({ attempts }) => attempts),
    texts,
  };
}

export function addTallies(tallies: readonly PickTally[]): PickTally {
  const sum = (of: (tally: PickTally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0);
  const texts = new Map<string, TextCount>();
  for (const tally of tallies) for (const [text, count] of tally.texts) addText(texts, text, count);
  const classes = tallies.filter(({ picks }) => picks > 0).map((tally) => tally.classes);
  return {
    picks: sum(({ picks }) => picks),
    classes: classes.includes(null) ? null : addCounts(classes.filter((each) => each !== null)),
    kinds: addCounts(tallies.map(({ kinds }) => kinds)),
    words: sum(({ words }) => words),
    position: sum(({ position }) => position),
    rarity: sum(({ rarity }) => rarity),
    withWords: sum(({ withWords }) => withWords),
    solved: sum(({ solved }) => solved),
    attempts: sum(({ attempts }) => attempts),
    texts,
  };
}

function addText(texts: Map<string, TextCount>, text: string, { picks, solved, attempts }: TextCount): void {
  const before = texts.get(text) ?? { picks: 0, solved: 0, attempts: 0 };
  texts.set(text, { picks: before.picks + picks, solved: before.solved + solved, attempts: before.attempts + attempts });
}

function countBy<T>(values: readonly T[], key: (value: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(key(value), (counts.get(key(value)) ?? 0) + 1);
  return counts;
}

function addCounts(all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of all) for (const [key, count] of each) counts.set(key, (counts.get(key) ?? 0) + count);
  return counts;
}
