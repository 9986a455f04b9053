/** In: a tally of picks. Out: its shares and means by name, in the order of a table, and the commonest texts. Pure; a tally without picks has no figures. */
import { spanKinds } from './span-kind.ts';
import type { PickTally } from './pick-tally.ts';

export type PickUnit = 'share' | 'words' | 'bits' | 'per 100';

export interface PickFigure {
  readonly name: string;
  readonly unit: PickUnit;
  readonly value: number;
}

/** @param classes in the order of the table; those that nobody picked have share 0 */
export function pickFigures(tally: PickTally, classes: readonly string[]): PickFigure[] {
  const { picks } = tally;
  if (picks === 0) return [];
  const of = (counts: ReadonlyMap<string, number>, name: string): number => (counts.get(name) ?? 0) / picks;
  return [
    ...(tally.classes === null ? [] : classes.map((name): PickFigure => ({ name: `class ${name}`, unit: 'share', value: of(tally.classes!, name) }))),
    ...spanKinds.map((name): PickFigure => ({ name: `kind ${name}`, unit: 'share', value: of(tally.kinds, name) })),
    { name: 'length', unit: 'words', value: tally.words / picks },
    { name: 'position', unit: 'share', value: tally.position / picks },
    ...(tally.withWords === 0 ? [] : [{ name: 'rarity', unit: 'bits' as const, value: tally.rarity / tally.withWords }]),
    ...(tally.attempts === 0 ? [] : [{ name: 'solved', unit: 'share' as const, value: tally.solved / tally.attempts }]),
    { name: 'distinct texts', unit: 'per 100', value: (100 * tally.texts.size) / picks },
    { name: 'commonest text', unit: 'share', value: Math.max(...[...tally.texts.values()].map((text) => text.picks)) / picks },
  ];
}

export interface CommonText {
  readonly text: string;
  /** Of all picks, in [0, 1]. */
  readonly share: number;
  /** Of the predictions of it; null where none was made. */
  readonly solved: number | null;
}

/** The commonest first; of equals, the first in the alphabet. */
export function commonTexts({ picks, texts }: PickTally, count: number): CommonText[] {
  return [...texts]
    .sort(([a, { picks: left }], [b, { picks: right }]) => right - left || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([text, each]) => ({ text, share: each.picks / picks, solved: each.attempts === 0 ? null : each.solved / each.attempts }));
}
