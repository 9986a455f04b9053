/** In: numbers. Out: whether none of them is infinite or no number. Millions are looked at in a step: `every` and `Number.isFinite` make an object of each. */
export function allFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i]!) <= Number.MAX_VALUE)) return false;
  return true;
}
