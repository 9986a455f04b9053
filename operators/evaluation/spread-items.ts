/**
 * In: items with classes. Out: at most `maxItems` of them, the same in every run: as equal a number of each class as there are, and within a class spread
 * evenly over the file. In the order of the file. Nothing can go wrong.
 */

export function spreadItems<T extends { readonly class: string }>(items: readonly T[], maxItems: number): T[] {
  if (items.length <= maxItems) return [...items];
  const byClass = new Map<string, T[]>();
  for (const item of items) byClass.set(item.class, [...(byClass.get(item.class) ?? []), item]);
  const quotas = new Map<string, number>();
  let left = maxItems;
  const smallestFirst = [...byClass].sort(([, a], [, b]) => a.length - b.length);
  smallestFirst.forEach(([name, own], i) => {
    const quota = Math.min(own.length, Math.floor(left / (smallestFirst.length - i)));
    quotas.set(name, quota);
    left -= quota;
  });
  const chosen = new Set(
    [...byClass].flatMap(([name, own]) => {
      const quota = quotas.get(name)!;
      return Array.from({ length: quota }, (_, k) => own[Math.floor(((k + 0.5) * own.length) / quota)]!);
    }),
  );
  return items.filter((item) => chosen.has(item));
}
