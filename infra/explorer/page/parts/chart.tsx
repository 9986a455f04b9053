/** A chart with its lines' names, each beside its figure at the step that is pointed at. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Chart as ChartOf } from '../../view/charts.ts';
import type { RunData } from '../data/run-data.ts';
import { figure, percent } from './figures.ts';
import { drawPlot, type Plot, type PlotEvents } from './plot.ts';

interface ChartProps {
  readonly chart: ChartOf;
  /** The run, and perhaps the one beside it. */
  readonly runs: readonly RunData[];
  readonly steps: readonly number[];
  /** Changes when figures do. */
  readonly version: unknown;
  /** The step whose figures are shown, and the one that is marked. */
  readonly shown: number | null;
  readonly marked: number | null;
  readonly events: PlotEvents;
}

export function Chart({ chart, runs, steps, version, shown, marked, events }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const lines = useMemo(
    () => runs.flatMap((run, i) => chart.lines.map(({ hue, value }) => ({ hue, dashed: i > 0, values: steps.map((step) => value(run.figures(step))) }))),
    [chart, version],
  );
  useEffect(() => {
    const host = element.current!;
    const drawn = drawPlot(host, chart, steps, lines, events);
    plot.current = drawn;
    drawn.mark(marked);
    const observer = new ResizeObserver(() => drawn.resize(host.clientWidth));
    observer.observe(host);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
  }, [lines]);
  useEffect(() => plot.current?.mark(marked), [marked]);
  const show = chart.share === true ? (value: number | null) => percent(value, 1) : figure;
  const at = (run: RunData, line: ChartOf['lines'][number]): string => (shown === null ? '–' : show(line.value(run.figures(shown))));
  const spoken = chart.lines.map((line) => `${line.name} ${runs.map((run) => at(run, line)).join(' beside ')}`).join(', ');
  return (
    <figure class="chart">
      <figcaption>
        <b>{chart.title}</b> <span class="muted">{chart.unit}</span>
      </figcaption>
      <div class="plot" ref={element} role="img" aria-label={`${chart.title} over steps. At step ${shown ?? 'none'}: ${spoken}`} />
      <ul class="legend">
        {chart.lines.map((line) => (
          <li key={line.name}>
            <i class={`hue-${line.hue}`} aria-hidden="true" /> {line.name} <b>{runs.map((run) => at(run, line)).join(' | ')}</b>
          </li>
        ))}
      </ul>
    </figure>
  );
}
