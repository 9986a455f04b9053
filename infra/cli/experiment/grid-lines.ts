/** In: where a grid stands, and its last event. Out: lines: those that stay, and those that stand at the bottom of a terminal. Pure. */
import type { GridEvent } from '../../../pipelines/experiment/grid-events.ts';
import { runTitle } from '../../../pipelines/experiment/grid-run.ts';
import { count, duration, percent } from '../amounts.ts';
import type { Ink } from '../ink.ts';
import { fit, flow, padEnd } from '../text-width.ts';
import { activeRuns, runCounts, shareDone, timeLeftMs, tokensPerSecond, type GridView } from './grid-view.ts';

const barColumns = 20;
const titleColumns = 40;
/** Parts of a run after which it is told where lines are not drawn again. */
const tellings = 5;

/** @param steps whether steps are told too */
export function gridEventLines(event: GridEvent, view: GridView, ink: Ink, steps: boolean): string[] {
  switch (event.type) {
    case 'grid': {
      const runs = runCounts(view).total;
      return [`${ink.bold(event.name)}: ${event.variants.length} variants, ${runs} runs, ${event.jobs} at a time with ${event.threads} thread${event.threads === 1 ? '' : 's'} each, in ${event.directory}`];
    }
    case 'phase': {
      const done = event.runs.filter(({ run, steps: committed }) => committed >= run.steps).length;
      return [ink.bold(`${phaseText[event.phase]}: ${event.runs.length} runs${done === 0 ? '' : `, ${done} of them done before`}`)];
    }
    case 'planned':
      return [`  ${event.variant}: ${event.learningRate === null ? '' : `rate ${event.learningRate}, `}${event.tokensPerStep === null ? '' : `${count(event.tokensPerStep)} tokens a step, `}${event.steps} steps`];
    case 'run-started':
      return event.resumedFrom === 0 ? [] : [ink.dim(`  ${runTitle(event.run)} goes on after step ${event.resumedFrom}`)];
    case 'run-step':
      return steps && isTold(event.step, event.run.steps) ? [`  ${runTitle(event.run)}: step ${event.step}/${event.run.steps} · ${figures(view).join(' · ')}`] : [];
    case 'run-finished':
      return [`  ${ink.green('done')} ${runTitle(event.run)} · ${figures(view).join(' · ')}`];
    case 'run-failed':
      return [ink.red(`  failed ${runTitle(event.run)}: ${event.code ?? 'unexpected'}: ${event.message}`)];
    case 'warning':
      return [ink.yellow(`  warning ${event.code} of ${runTitle(event.run)}: ${event.message}`)];
    case 'rate-missing':
      return [ink.red(`  ${event.variant}: ${event.message}`)];
    case 'report':
      return [];
  }
}

export function gridLiveLines(view: GridView, columns: number, ink: Ink): string[] {
  const head = [ink.bold(view.name), `${bar(shareDone(view), ink)} ${percent(shareDone(view))}`, ...figures(view)];
  const runs = activeRuns(view).map(({ title, step, run }) => `  ${padEnd(title, titleColumns)} ${bar(step / run.steps, ink)} ${step}/${run.steps}`);
  return [...flow('', head, '  ', columns), ...runs].map((line) => fit(line, columns));
}

const phaseText = { gauge: 'Tokens of a step', tuning: 'Learning rates', report: 'Runs of the report' } as const;

function figures(view: GridView): string[] {
  const { done, total } = runCounts(view);
  const [left, speed] = [timeLeftMs(view), tokensPerSecond(view)];
  return [`${done} of ${total} runs`, ...(speed === null ? [] : [`${count(speed)} tokens/s`]), ...(left === null || done === total ? [] : [`${duration(left)} left`])];
}

function isTold(step: number, steps: number): boolean {
  return step < steps && Math.floor((step * tellings) / steps) > Math.floor(((step - 1) * tellings) / steps);
}

function bar(share: number, ink: Ink): string {
  const filled = Math.floor(barColumns * Math.min(1, share));
  return `${ink.cyan('█'.repeat(filled))}${ink.dim('░'.repeat(barColumns - filled))}`;
}
