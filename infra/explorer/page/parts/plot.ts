/**
 * A chart on a canvas. In: an element, lines of values over steps, what is told when a person points or clicks. Out: a handle to change it. The colours are the page's own, read
 * from its style sheet. Nothing can go wrong.
 */
import uPlot from 'uplot';
import type { Chart, Hue } from '../../view/charts.ts';

export interface PlotLine {
  readonly hue: Hue;
  /** Of the run beside. */
  readonly dashed: boolean;
  /** One a step; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface PlotEvents {
  readonly point: (step: number | null) => void;
  readonly pick: (step: number) => void;
}

export interface Plot {
  /** The step that is marked. */
  mark(step: number | null): void;
  resize(width: number): void;
  destroy(): void;
}

const height = 132;

export function drawPlot(element: HTMLElement, chart: Chart, steps: readonly number[], lines: readonly PlotLine[], events: PlotEvents): Plot {
  const color = (name: string): string => getComputedStyle(element).getPropertyValue(name).trim();
  let marked: number | null = null;
  const axis: uPlot.Axis = { stroke: color('--muted'), font: '10px system-ui, sans-serif', grid: { stroke: color('--rule'), width: 1 }, ticks: { show: false }, gap: 4 };
  const plot = new uPlot(
    {
      width: Math.max(120, element.clientWidth),
      height,
      legend: { show: false },
      padding: [8, 12, 0, 0],
      scales: { x: { time: false }, y: { range: (_, low, high) => yRange(chart, low, high) } },
      axes: [
        { ...axis, size: 20, space: 60, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
        { ...axis, size: 42, space: 28, values: (_, ticks) => ticks.map(tick) },
      ],
      series: [{}, ...lines.map(({ hue, dashed }) => series(color(`--hue-${hue}`), dashed, steps.length))],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 5 }, sync: { key: 'steps' } },
      hooks: {
        setCursor: [({ cursor }) => cursor.event !== undefined && events.point(cursor.idx == null ? null : (steps[cursor.idx] ?? null))],
        draw: [(drawn) => drawMark(drawn, marked, color('--accent'))],
      },
    },
    [[...steps], ...lines.map(({ values }) => [...values])],
    element,
  );
  plot.over.addEventListener('click', () => {
    const step = steps[plot.cursor.idx ?? -1];
    if (step !== undefined) events.pick(step);
  });
  return {
    mark(step) {
      marked = step;
      plot.redraw(false);
    },
    resize: (width) => plot.setSize({ width: Math.max(120, width), height }),
    destroy: () => plot.destroy(),
  };
}

function series(stroke: string, dashed: boolean, count: number): uPlot.Series {
  return { stroke, width: count > 400 ? 1 : 1.5, spanGaps: true, points: { show: count < 40, size: 4, fill: stroke }, ...(dashed && { dash: [4, 3], alpha: 0.7 }) };
}

function yRange({ share }: Chart, low: number | null, high: number | null): [number, number] {
  const [bottom, top] = [Math.min(0, low ?? 0), high ?? 1];
  if (share === true && top > 0.5) return [0, 1];
  return bottom === top ? [bottom, bottom + 1] : [bottom, top + 0.05 * (top - bottom)];
}

function tick(value: number): string {
  const size = Math.abs(value);
  if (value !== 0 && size < 1e-3) return value.toExponential(0);
  return size >= 10_000 ? `${value / 1000}k` : String(Number(value.toPrecision(3)));
}

function drawMark(plot: uPlot, step: number | null, stroke: string): void {
  if (step === null) return;
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(step, 'x', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
