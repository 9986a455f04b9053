/**
 * When a list that is filled while it is shown is sorted anew: to do so with everything that comes would leave no time for anything else. In: how much was read, of how much. Out: a text that changes often
 * at first, then with every twentieth of the whole, and at the end. Pure.
 */
export function drawingStage(read: number, all: number): string {
  const stage = read === all ? 'all' : read < all / 20 ? Math.floor(Math.log2(read + 1)) : 32 + Math.floor((20 * read) / all);
  return `${stage} of ${all}`;
}
