/** How often a mask was solved, as one of six shades from never to always, or none. In: right predictions and all of them. Out: the shade's number. Pure. */
export type Shade = 0 | 1 | 2 | 3 | 4 | 5;

/** @returns null where nobody tried. */
export function solvedShade(solved: number, attempts: number): Shade | null {
  if (attempts === 0) return null;
  if (solved === 0) return 0;
  if (solved === attempts) return 5;
  return Math.min(4, 1 + Math.floor((4 * solved) / attempts)) as Shade;
}
