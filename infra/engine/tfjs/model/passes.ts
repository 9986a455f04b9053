/** Neighbouring items together up to a budget; an item over the budget goes alone. Order is kept. */
export function splitIntoPasses<T>(items: readonly T[], sizeOf: (item: T) => number, budget: number): T[][] {
  const passes: T[][] = [];
  let left = 0;
  for (const item of items) {
    const size = sizeOf(item);
    if (passes.length === 0 || size > left) {
      passes.push([item]);
      left = budget - size;
    } else {
      passes.at(-1)!.push(item);
      left -= size;
    }
  }
  return passes;
}
