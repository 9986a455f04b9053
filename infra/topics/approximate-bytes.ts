/**
 * How much memory a message takes, roughly. In: plain data. Out: bytes: 8 a number, 2 a UTF-16 unit, 8 a reference. A list
 * of numbers is counted by its length, so a rollout costs no walk over its tokens.
 */
export function approximateBytes(value: unknown): number {
  if (typeof value === 'string') return 8 + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    if (typeof items[0] !== 'object' && typeof items[0] !== 'string') return 8 + 8 * items.length;
    return items.reduce<number>((sum, item) => sum + approximateBytes(item), 8 + 8 * items.length);
  }
  return Object.values(value).reduce<number>((sum, field) => sum + approximateBytes(field), 8);
}
