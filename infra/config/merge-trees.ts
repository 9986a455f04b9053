/** One layer of a config over another. In: trees of keys. Out: the keys of both; where both have one, sections are merged key by key, and of anything else the upper one holds. Pure. */
import type { ConfigTree } from './config-source.ts';

export function mergeTrees(below: ConfigTree, above: ConfigTree): ConfigTree {
  const merged = Object.entries(above).map(([key, value]) => {
    const old = Object.hasOwn(below, key) ? below[key] : undefined;
    return [key, isTree(old) && isTree(value) ? mergeTrees(old, value) : value] as const;
  });
  return Object.fromEntries([...Object.entries(below), ...merged]);
}

export function isTree(value: unknown): value is ConfigTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
