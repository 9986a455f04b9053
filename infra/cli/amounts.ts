/** Figures as text, the same in every locale. In: a number. Out: how it is shown; `-` for what is not there. Nothing can go wrong. */

export function percent(share: number | null | undefined, digits = 0): string {
  return share === null || share === undefined ? '-' : `${(100 * share).toFixed(digits)}%`;
}

/** The change from one share to another, in points. */
export function points(before: number | null | undefined, after: number | null | undefined): string {
  return before == null || after == null ? '' : signed(100 * (after - before), 1);
}

export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return `${value < 0 && Number(text) !== 0 ? '-' : '+'}${text}`;
}

export function decimal(value: number | null | undefined, digits: number): string {
  return value == null ? '-' : value.toFixed(digits);
}

/** 1,234,567 */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `8.2 s`, `3:05`, `1:02:03` */
export function duration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${String(m).padStart(h > 0 ? 2 : 1, '0')}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/** `512 B`, `1.5 KiB`, `12 GiB` */
export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  const scaled = value / 1024 ** power;
  return `${scaled < 10 && power > 0 ? scaled.toFixed(1) : Math.round(scaled)} ${units[power]!}`;
}

/** Per second; null where no time went by. */
export function rate(amount: number, ms: number): number | null {
  return ms > 0 ? (1000 * amount) / ms : null;
}
