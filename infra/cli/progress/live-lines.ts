/** In: the view of a run, and the room there is. Out: the lines that stand at the bottom of a terminal while it works. Pure. */
import type { StepDone } from '../../../pipelines/run-events.ts';
import type { Ink } from '../ink.ts';
import { count, decimal, duration, percent } from '../amounts.ts';
import { fit, flow, padEnd, padStart } from '../text-width.ts';
import { evaluationFigures } from './evaluation-figures.ts';
import { timeLeftMs, type RunView, type StageView } from './run-view.ts';
import { stageLabel } from './stage-label.ts';
import { learningFigures, signFigures, workFigures } from './step-figures.ts';

const labelColumns = 12;
/** Columns of a bar, in a wide terminal and in one narrower than `narrowColumns`. */
const barColumns = 24;
const shortBarColumns = 10;
const narrowColumns = 60;

export function liveLines(view: RunView, columns: number, ink: Ink): string[] {
  const { started } = view;
  if (started === null) return [ink.dim('Opening the run ...')];
  const left = timeLeftMs(view);
  const bar = barOf(columns < narrowColumns ? shortBarColumns : barColumns, ink);
  const head = [
    ink.bold(started.name),
    `step ${Math.min(view.step + 1, started.steps)}/${started.steps}`,
    `${bar(view.step, started.steps)} ${percent(view.step / started.steps)}`,
    left === null ? 'time left: known after the first step' : `${duration(left)} left`,
  ];
  const lines = [
    ...flow('', head, '  ', columns),
    ...(view.evaluating === null ? view.stages.map((stage) => stageLine(stage, view, bar, ink)) : [evaluationLine(view.evaluating, bar, ink)]),
    ...flowLines(view, columns, ink),
    ...(view.last === null ? [] : lastStepLines(view.last, columns, ink)),
    ...heldOutLines(view, columns, ink),
    ...troubleLine(view, ink),
  ];
  return lines.map((line) => fit(line, columns));
}

function stageLine(stage: StageView, view: RunView, bar: Bar, ink: Ink): string {
  const label = padEnd(stageLabel(stage.name), labelColumns);
  const current = view.step + 1;
  const ahead = stage.step > current ? ` for step ${stage.step}` : '';
  if (stage.step < current) return `  ${ink.dim(label)} ${ink.dim('waiting')}`;
  if (stage.total === 0) return `  ${label} done${ahead}`;
  const figures = `${padStart(count(stage.done), count(stage.total).length)}/${count(stage.total)}`;
  return `  ${label} ${bar(stage.done, stage.total)} ${figures}${ahead}`;
}

function evaluationLine({ step, done, total }: { readonly step: number; readonly done: number; readonly total: number }, bar: Bar, ink: Ink): string {
  const when = step === 0 ? 'the base model' : `after step ${step}`;
  return `  ${padEnd('held-out', labelColumns)} ${bar(done, total)} ${count(done)}/${count(total)} ${ink.dim(when)}`;
}

function flowLines({ flow: told }: RunView, columns: number, ink: Ink): string[] {
  if (told === null) return [];
  const inFlight = told.inFlight === null ? [] : [`in flight ${told.inFlight}/${told.capacity}`];
  const stages = told.stages.map(({ stage, workers, lag, rate }) => `${stageLabel(stage)} ${workers}× ${lag} waiting ${decimal(rate, 1)}/s`);
  return flow(ink.dim('kafka: '), [...inFlight, ...stages], ' · ', columns);
}

function lastStepLines(last: StepDone, columns: number, ink: Ink): string[] {
  const label = `step ${last.step}: `;
  const dimmed = [workFigures(last), signFigures(last)].flatMap((figures) => (figures.length === 0 ? [] : flow(' '.repeat(label.length), figures, ' · ', columns)));
  return [...flow(ink.dim(label), learningFigures(last), ' · ', columns), ...dimmed.map((line) => ink.dim(line))];
}

function heldOutLines({ before, latest }: RunView, columns: number, ink: Ink): string[] {
  if (latest === null) return [];
  const was = before === null || latest.step === before.step || before.summary.cloze === null ? '' : ` (${percent(before.summary.cloze.accuracy, 1)} before)`;
  const [first = '', ...others] = evaluationFigures(latest.summary);
  return flow(ink.dim(latest.step === 0 ? 'before: ' : `after ${latest.step}: `), [first + was, ...others], ' · ', columns);
}

function troubleLine({ deadLetters, warnings, lastWarning }: RunView, ink: Ink): string[] {
  const parts = [deadLetters === 0 ? [] : [`${count(deadLetters)} dead letter${deadLetters === 1 ? '' : 's'}`], warnings === 0 ? [] : [`${warnings} warning${warnings === 1 ? '' : 's'}: ${lastWarning ?? ''}`]].flat();
  return parts.length === 0 ? [] : [ink.yellow(parts.join(' · '))];
}

type Bar = (done: number, total: number) => string;

function barOf(width: number, ink: Ink): Bar {
  return (done, total) => {
    const filled = total === 0 ? 0 : Math.floor((width * Math.min(done, total)) / total);
    return `${ink.cyan('█'.repeat(filled))}${ink.dim('░'.repeat(width - filled))}`;
  };
}
