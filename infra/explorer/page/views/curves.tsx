/** The curves of a run, and of the one beside it; a click on a step leads to its samples. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { evaluationCharts, stepCharts } from '../../view/charts.ts';
import { Chart } from '../parts/chart.tsx';
import { plural } from '../parts/figures.ts';
import { useKeys } from '../state/keys.ts';
import type { ViewProps } from './view-props.ts';

export function Curves({ run, beside, address, go }: ViewProps) {
  const runs = beside === null ? [run] : [run, beside];
  useEffect(() => runs.forEach((each) => each.wantFigures()), runs);
  const [pointed, setPointed] = useState<number | null>(null);
  const [theme, redraw] = useState(0);
  useEffect(() => {
    const listener = (): void => redraw((count) => count + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    addEventListener('themechange', listener);
    system.addEventListener('change', listener);
    return () => {
      removeEventListener('themechange', listener);
      system.removeEventListener('change', listener);
    };
  }, []);
  const steps = useMemo(() => [...new Set(runs.flatMap((each) => [...each.reports.keys(), ...each.evaluations.keys()]))].sort((a, b) => a - b), [...runs.flatMap((each) => [each, each.reports.size, each.evaluations.size])]);
  const classes = [...new Set(runs.flatMap((each) => [...each.evaluations.values()].flatMap(({ cloze, maskProbe }) => [...(cloze?.byClass ?? []), ...(maskProbe?.byClass ?? [])].map(({ spanClass }) => spanClass))))].filter((name) => name !== '').sort();
  const charts = useMemo(() => [...stepCharts.slice(0, 2), ...evaluationCharts(classes), ...stepCharts.slice(2)], [classes.join()]);
  const selected = address.step ?? run.lastStep;
  const shown = pointed ?? selected;
  const version = `${runs.map((each) => `${each.name} ${each.reports.size} ${each.timings.size} ${each.evaluations.size}`).join()} ${theme}`;
  const move = (by: number) => () => {
    const steps = run.steps.length;
    if (selected !== null) go({ step: Math.min(steps, Math.max(1, selected + by)) }, 'replace');
  };
  const open = (step: number): void => go({ view: 'samples', listing: 'step', step: Math.max(1, step), slot: null, mask: null, prediction: null });
  useKeys([
    { keys: ['ArrowLeft', 'h'], does: 'the step before', act: move(-1) },
    { keys: ['ArrowRight', 'l'], does: 'the next step', act: move(1) },
    { keys: ['H', 'PageUp'], does: 'ten steps back', act: move(-10) },
    { keys: ['L', 'PageDown'], does: 'ten steps on', act: move(10) },
    { keys: ['Enter'], does: 'samples of the step', act: () => selected !== null && open(selected) },
  ]);
  const events = useMemo(() => ({ point: setPointed, pick: open }), [run]);
  const missing = run.steps.length - run.reports.size;
  return (
    <section aria-label="Curves">
      <p class="bar">
        <span>
          Step <b>{shown ?? '–'}</b> of {plural(run.steps.length, 'step')}
        </span>
        {selected !== null && (
          <button type="button" onClick={() => open(selected)}>
            Samples of step {selected}
          </button>
        )}
        {beside !== null && (
          <span class="muted">
            solid: {run.name} · dashed: {beside.name}
          </span>
        )}
        {missing > 0 && !run.figuresRead && <span class="muted">reading {plural(missing, 'more step')} …</span>}
      </p>
      <div class="charts" onMouseLeave={() => setPointed(null)}>
        {charts.map((chart) => (
          <Chart key={chart.title} {...{ chart, runs, steps, version, shown, events }} marked={selected} />
        ))}
      </div>
    </section>
  );
}
