/** Whether two contenders compute the same. In: what their checks tell. Out: null, or in words where they differ. Nothing can go wrong. */
import type { Figures } from './contender.ts';

const tolerance = 1e-4; // absolute below 1, relative above
/** Two logits this close may change places by rounding; what is sampled after them is another text. */
const tie = 1e-2;

/** Compares what both tell; a contender that tells less is compared in that. */
export function disagreement(figures: Figures, reference: Figures): string | null {
  for (const [name, value] of Object.entries(figures)) {
    if (name === 'seconds' || !(name in reference)) continue;
    const [ours, theirs] = [value, reference[name]].map((each) => (Array.isArray(each) ? (each as number[]) : [each as number]));
    if (ours!.length !== theirs!.length) return `${name} has ${ours!.length} values, not ${theirs!.length}`;
    const off = Math.max(...ours!.map((each, i) => Math.abs(each - theirs![i]!) / Math.max(1, Math.abs(theirs![i]!))));
    if (!(off <= (isCount(theirs!) ? 0 : tolerance))) return `${name} is off by ${off.toExponential(1)}`;
  }
  return null;
}

/**
 * The greedy tokens up to where the reference's first two logits are all but equal, of each sequence.
 * @param margins of the reference: how far the first logit is above the second, sequence after sequence
 * @param length of a sequence
 */
export function beforeTies(greedy: readonly number[], margins: readonly number[], length: number): number[] {
  return greedy.filter((_, i) => margins.slice(i - (i % length), i + 1).every((margin) => margin >= tie));
}

/** Tokens and numbers of things are the same or they are not. */
function isCount(values: readonly number[]): boolean {
  return values.every(Number.isInteger);
}
