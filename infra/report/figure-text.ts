/** Figures of a report as text, the same in every locale. In: a number or an estimate. Out: how it is shown; an en dash for what is not there. Pure. */
import type { Estimate } from '../../operators/analysis/estimate.ts';

/** How a figure is written: what it is multiplied by, and its decimals. */
export interface FigureForm {
  readonly scale: number;
  readonly digits: number;
}

export const nothing = '–';
export const percentForm: FigureForm = { scale: 100, digits: 1 };

export function figure(value: number | null | undefined, { scale, digits }: FigureForm): string {
  if (value === null || value === undefined) return nothing;
  const text = (scale * value).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

export function signed(value: number, form: FigureForm): string {
  const text = figure(value, form);
  return value > 0 && !/^[0.]+$/.test(text) ? `+${text}` : text;
}

/** `45.2 [40.1, 50.3]` */
export function withInterval(estimate: Estimate | null | undefined, form: FigureForm): string {
  return estimate ? `${figure(estimate.mean, form)}${intervalOf(estimate, form)}` : nothing;
}

/** `+5.1 [-0.2, 10.4]` */
export function signedWithInterval(estimate: Estimate, form: FigureForm): string {
  return `${signed(estimate.mean, form)}${intervalOf(estimate, form)}`;
}

/** 1234567 -> 1.23M */
export function tokens(value: number | null | undefined): string {
  if (value === null || value === undefined) return nothing;
  const [divisor, suffix] = value >= 1e9 ? [1e9, 'G'] : value >= 1e6 ? [1e6, 'M'] : value >= 1e3 ? [1e3, 'k'] : [1, ''];
  return `${(value / divisor).toLocaleString('en-US', { maximumSignificantDigits: 3 })}${suffix}`;
}

/** 0.0004 -> 4e-4 */
export function rate(value: number | null): string {
  if (value === null) return nothing;
  return value < 0.01 ? value.toExponential().replace('e+', 'e') : String(value);
}

/** Forms by unit. */
export function formOf(unit: string): FigureForm {
  if (unit === 'share') return percentForm;
  return unit === 'per 100' ? { scale: 1, digits: 1 } : { scale: 1, digits: 2 };
}

/** As a name in a table carries it. */
export function unitText(unit: string): string {
  return unit === 'share' ? '%' : unit;
}

function intervalOf({ low, high }: Estimate, form: FigureForm): string {
  return low === null || high === null ? '' : ` [${figure(low, form)}, ${figure(high, form)}]`;
}
