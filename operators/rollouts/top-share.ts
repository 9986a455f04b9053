/** The part of a list with the highest scores. In: items, their scores, a share of them above 0. Out: at least one item of those there are, best first; of equal scores the earlier first. Pure. */
export function topShare<T>(items: readonly T[], scoreOf: (item: T) => number, share: number): T[] {
  const scored = items.map((item) => ({ item, score: scoreOf(item) }));
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, Math.ceil(share * items.length))
    .map(({ item }) => item);
}
