import { distance } from '../config/nearest.ts';

/** In: a name that was not found, and the names that are there. Out: those most like it, best first. Never throws. */
export function nearestNames(wanted: string, names: readonly string[], limit = 3): string[] {
  return names
    .map((name) => ({ name, distance: distance(wanted, name) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, limit)
    .map(({ name }) => name);
}
