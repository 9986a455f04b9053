/** In: curves with their bands. Out: an SVG chart with axes and a legend, coloured by classes. Pure. */
import type { BandPoint } from '../../../operators/analysis/curve.ts';
import { axisOf, tickText, type Axis } from './axis.ts';
import { seriesColours } from './chart-style.ts';
import { escapeXml } from './escape-xml.ts';

export interface Series {
  readonly name: string;
  /** Its place among the colours, the same in all charts of a report. */
  readonly colour: number;
  readonly points: readonly BandPoint[];
}

export interface LineChart {
  readonly description: string;
  readonly xTitle: string;
  /** Values are multiplied by this before they are drawn: 100 for percent. */
  readonly scale: number;
  /** Whether values lie in [0, 1]: then an interval that reaches beyond is drawn as far as that. */
  readonly share: boolean;
  readonly series: readonly Series[];
}

const width = 360;
const plot = { left: 40, right: 10, top: 8, height: 176, axis: 34 };
const legend = { row: 16, columns: 2 };

/** Null where no curve has a point. */
export function lineChart({ description, xTitle, scale, share, series }: LineChart): string | null {
  const drawn = series.filter(({ points }) => points.length > 0).map((each) => (share ? { ...each, points: each.points.map(withinShares) } : each));
  const all = drawn.flatMap(({ points }) => points);
  if (all.length === 0) return null;
  const xs = axisOf([...all.map(({ x }) => x), 0]);
  const ys = axisOf(all.flatMap(({ y }) => [y.mean, y.low ?? y.mean, y.high ?? y.mean].map((value) => value * scale)));
  const x = (value: number): number => plot.left + ((value - xs.low) / (xs.high - xs.low)) * (width - plot.left - plot.right);
  const y = (value: number): number => plot.top + (1 - (value - ys.low) / (ys.high - ys.low)) * plot.height;
  const bottom = plot.top + plot.height;
  const height = bottom + plot.axis + Math.ceil(drawn.length / legend.columns) * legend.row + 4;
  const parts = [
    ...grid(xs, ys, x, y, bottom),
    `<text class="quiet" x="${width - plot.right}" y="${bottom + 28}" text-anchor="end">${escapeXml(xTitle)}</text>`,
    ...drawn.map(({ colour, points }) => band(points, colour, x, (value) => y(value * scale))),
    ...drawn.map(({ colour, points }) => line(points, colour, x, (value) => y(value * scale))),
    ...drawn.map(({ name, colour }, i) => legendEntry(name, colour, i, bottom + plot.axis)),
  ];
  return `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(description)}">${parts.join('')}</svg>`;
}

function withinShares({ x, y }: BandPoint): BandPoint {
  return { x, y: { ...y, low: y.low === null ? null : Math.max(0, y.low), high: y.high === null ? null : Math.min(1, y.high) } };
}

type Scale = (value: number) => number;

function grid(xs: Axis, ys: Axis, x: Scale, y: Scale, bottom: number): string[] {
  return [
    ...ys.ticks.map((tick) => `<line class="grid" x1="${plot.left}" x2="${width - plot.right}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/><text class="quiet" x="${plot.left - 5}" y="${fixed(y(tick) + 4)}" text-anchor="end">${tickText(tick)}</text>`),
    ...xs.ticks.map((tick) => `<text class="quiet" x="${fixed(x(tick))}" y="${bottom + 14}" text-anchor="middle">${tickText(tick)}</text>`),
  ];
}

/** Between the ends of the intervals; where there are none, nothing. */
function band(points: readonly BandPoint[], colour: number, x: Scale, y: Scale): string {
  const known = points.filter((point) => point.y.low !== null && point.y.high !== null);
  if (known.length < 2) return '';
  const upper = known.map((point) => `${fixed(x(point.x))},${fixed(y(point.y.high!))}`);
  const lower = known.toReversed().map((point) => `${fixed(x(point.x))},${fixed(y(point.y.low!))}`);
  return `<polygon class="band f${colour % seriesColours}" points="${[...upper, ...lower].join(' ')}"/>`;
}

function line(points: readonly BandPoint[], colour: number, x: Scale, y: Scale): string {
  const at = points.map((point) => [fixed(x(point.x)), fixed(y(point.y.mean))] as const);
  const dots = at.map(([cx, cy]) => `<circle class="f${colour % seriesColours}" cx="${cx}" cy="${cy}" r="2.2"/>`);
  return `<polyline class="line c${colour % seriesColours}" points="${at.map((each) => each.join(',')).join(' ')}"/>${dots.join('')}`;
}

function legendEntry(name: string, colour: number, place: number, top: number): string {
  const x = plot.left + (place % legend.columns) * ((width - plot.left) / legend.columns);
  const y = top + Math.floor(place / legend.columns) * legend.row + 10;
  return `<line class="line c${colour % seriesColours}" x1="${x}" x2="${x + 18}" y1="${y - 4}" y2="${y - 4}"/><text x="${x + 23}" y="${y}">${escapeXml(name)}</text>`;
}

function fixed(value: number): string {
  return String(Number(value.toFixed(1)));
}
