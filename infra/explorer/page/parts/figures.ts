/** Figures as text, the same in every locale. In: a number. Out: how it is shown; a dash for what is not there. Nothing can go wrong. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 1000) return Math.round(value).toLocaleString('en-US');
  if (size < 1e-3) return value.toExponential(1);
  return value.toLocaleString('en-US', { minimumFractionDigits: size < 10 ? 2 : 1, maximumFractionDigits: size < 1 ? 3 : size < 10 ? 2 : 1 });
}

export function percent(share: number | null | undefined, digits = 0): string {
  return share === null || share === undefined ? '–' : `${(100 * share).toFixed(digits)}%`;
}

export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
