/**
 * An order in which to read many steps so that a whole is seen early. In: how many. Out: rounds of places from 0: first at most `coarse` of them evenly apart, then those
 * between, in blocks. Every place comes once. Pure.
 */
export interface Round {
  readonly places: readonly number[];
}

export function coarseToFine(count: number, coarse: number, block: number): Round[] {
  const stride = Math.max(1, Math.ceil(count / coarse));
  const all = Array.from({ length: count }, (_, place) => place);
  const isFirst = (place: number): boolean => (count - 1 - place) % stride === 0; // the newest among them
  const rest = all.filter((place) => !isFirst(place));
  const rounds: Round[] = [{ places: all.filter(isFirst) }];
  for (let at = 0; at < rest.length; at += block) rounds.push({ places: rest.slice(at, at + block) });
  return rounds.filter(({ places }) => places.length > 0);
}
