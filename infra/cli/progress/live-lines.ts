/** In: the view of a run, and the room there is. Out: the lines that stand at the bottom of a terminal while it works. Pure. */
import type { Ink } from '../ink.ts';
import { count, duration, percent } from '../amounts.ts';
import { fit, padEnd, padStart } from '../text-width.ts';
import { evaluationFigures } from './evaluation-figures.ts';
import { timeLeftMs, type RunView, type StageView } from './run-view.ts';
import { stageLabel } from './stage-label.ts';
import { learningFigures, workFigures } from './step-figures.ts';

const barColumns = 24;
const labelColumns = 12;

export function liveLines(view: RunView, columns: number, ink: Ink): string[] {
  const { started } = view;
  if (started === null) return [ink.dim('Opening the run ...')];
  const left = timeLeftMs(view);
  const head = [
    ink.bold(started.name),
    `step ${Math.min(view.step + 1, started.steps)}/${started.steps}`,
    `${bar(view.step, started.steps, ink)} ${percent(view.step / started.steps)}`,
    left === null ? 'time left: known after the first step' : `${duration(left)} left`,
  ];
  const lines = [
    head.join('  '),
    ...(view.evaluating === null ? view.stages.map((stage) => stageLine(stage, view, ink)) : [evaluationLine(view.evaluating, ink)]),
    ...(view.last === null ? [] : [`${ink.dim(`step ${view.last.step}:`)} ${learningFigures(view.last).join(' · ')}`, ink.dim(`        ${workFigures(view.last).join(' · ')}`)]),
    ...heldOutLine(view, ink),
    ...troubleLine(view, ink),
  ];
  return lines.map((line) => fit(line, columns));
}

function stageLine(stage: StageView, view: RunView, ink: Ink): string {
  const label = padEnd(stageLabel(stage.name), labelColumns);
  const current = view.step + 1;
  const ahead = stage.step > current ? ` for step ${stage.step}` : '';
  if (stage.step < current) return `  ${ink.dim(label)} ${ink.dim('waiting')}`;
  if (stage.total === 0) return `  ${label} done${ahead}`;
  const figures = `${padStart(count(stage.done), count(stage.total).length)}/${count(stage.total)}`;
  return `  ${label} ${bar(stage.done, stage.total, ink)} ${figures}${ahead}`;
}

function evaluationLine({ step, done, total }: { readonly step: number; readonly done: number; readonly total: number }, ink: Ink): string {
  const when = step === 0 ? 'the base model' : `after step ${step}`;
  return `  ${padEnd('held-out', labelColumns)} ${bar(done, total, ink)} ${count(done)}/${count(total)} ${ink.dim(when)}`;
}

function heldOutLine({ before, latest }: RunView, ink: Ink): string[] {
  if (latest === null || before === null) return [];
  const was = latest.step === before.step || before.summary.cloze === null ? '' : ` (${percent(before.summary.cloze.accuracy, 1)} before)`;
  return [`${ink.dim(latest.step === 0 ? 'before:' : `after ${latest.step}:`)} ${evaluationFigures(latest.summary).join(' · ')}${was}`];
}

function troubleLine({ deadLetters, warnings, lastWarning }: RunView, ink: Ink): string[] {
  const parts = [deadLetters === 0 ? [] : [`${count(deadLetters)} dead letter${deadLetters === 1 ? '' : 's'}`], warnings === 0 ? [] : [`${warnings} warning${warnings === 1 ? '' : 's'}: ${lastWarning ?? ''}`]].flat();
  return parts.length === 0 ? [] : [ink.yellow(parts.join(' · '))];
}

function bar(done: number, total: number, ink: Ink): string {
  const filled = total === 0 ? 0 : Math.floor((barColumns * Math.min(done, total)) / total);
  return `${ink.cyan('█'.repeat(filled))}${ink.dim('░'.repeat(barColumns - filled))}`;
}
