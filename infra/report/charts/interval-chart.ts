/** In: differences with their intervals. Out: an SVG chart: a row each, a dot at the mean, a line over the interval, and a rule at 0. Pure. */
import type { Estimate } from '../../../operators/analysis/estimate.ts';
import { axisOf, tickText } from './axis.ts';
import { seriesColours } from './chart-style.ts';
import { escapeXml } from './escape-xml.ts';

export interface IntervalRow {
  readonly name: string;
  readonly colour: number;
  readonly estimate: Estimate;
}

const width = 360;
const row = 34;
const side = 12;

/** @param scale as of a line chart. Null where there are no rows. */
export function intervalChart(description: string, xTitle: string, scale: number, rows: readonly IntervalRow[]): string | null {
  if (rows.length === 0) return null;
  const axis = axisOf([0, ...rows.flatMap(({ estimate: { mean, low, high } }) => [mean, low ?? mean, high ?? mean].map((value) => value * scale))]);
  const x = (value: number): string => String(Number((side + ((value - axis.low) / (axis.high - axis.low)) * (width - 2 * side)).toFixed(1)));
  const bottom = rows.length * row + 6;
  const parts = [
    ...axis.ticks.map((tick) => `<line class="${tick === 0 ? 'zero' : 'grid'}" x1="${x(tick)}" x2="${x(tick)}" y1="4" y2="${bottom}"/><text class="quiet" x="${x(tick)}" y="${bottom + 14}" text-anchor="middle">${tickText(tick)}</text>`),
    ...rows.map(({ name, colour, estimate: { mean, low, high } }, i) => {
      const y = i * row + 26;
      const c = colour % seriesColours;
      const interval = low === null || high === null ? '' : `<line class="line c${c}" x1="${x(low * scale)}" x2="${x(high * scale)}" y1="${y}" y2="${y}"/>`;
      return `<text x="${side}" y="${y - 10}">${escapeXml(name)}</text>${interval}<circle class="f${c}" cx="${x(mean * scale)}" cy="${y}" r="4"/>`;
    }),
    `<text class="quiet" x="${width - side}" y="${bottom + 30}" text-anchor="end">${escapeXml(xTitle)}</text>`,
  ];
  return `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 36}" role="img" aria-label="${escapeXml(description)}">${parts.join('')}</svg>`;
}
