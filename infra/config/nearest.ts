/** In: a word, and words that are known. Out: how far apart two are, and the nearest known one. Pure; nothing can go wrong. */

/** Of those equally near, the first. @param known at least one word. */
export function nearest(word: string, known: readonly string[]): string {
  const best = known.map((candidate) => ({ candidate, distance: distance(word, candidate) })).sort((a, b) => a.distance - b.distance)[0];
  return best?.candidate ?? word;
}

/** Insertions, deletions, substitutions and swaps of neighbours (restricted Damerau-Levenshtein); case, `_` and `-` do not count. */
export function distance(left: string, right: string): number {
  const [a, b] = [letters(left), letters(right)];
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const edited = Math.min(substituted, last[j]! + 1, row[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(edited, beforeLast[j - 2]! + 1) : edited);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}

function letters(word: string): string {
  return word.toLowerCase().replace(/[_-]/g, '');
}
