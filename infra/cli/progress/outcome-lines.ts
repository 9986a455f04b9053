/** In: how a run ended. Out: the closing lines: figures before and after, the run's folder, what to do next. Pure. */
import type { EvaluationSummary } from '../../../operators/evaluation/summarise-evaluation.ts';
import type { RunOutcome } from '../../../pipelines/run-events.ts';
import { errorCodes } from '../../../schemas/error-codes.ts';
import { decimal, percent, points, signed } from '../amounts.ts';
import type { Ink } from '../ink.ts';
import { tableLines } from '../table-lines.ts';
import { classShare } from './evaluation-figures.ts';

/** Something to do next: a command that can be pasted, and what it is for. */
export interface NextStep {
  readonly command: string;
  readonly purpose: string;
}

export function outcomeLines(outcome: RunOutcome, next: readonly NextStep[], ink: Ink): string[] {
  const table = beforeAndAfter(outcome.before, outcome.after);
  return [
    '',
    headline(outcome, ink),
    ...(table.length === 0 ? [] : ['', ...tableLines(table).map((line, i) => (i === 0 || table[i]?.length === 1 ? ink.bold(line) : line))]),
    ...alarmLines(outcome, ink),
    '',
    `Everything is in ${ink.bold(outcome.directory)}`,
    '',
    'Next:',
    ...next.flatMap(({ command, purpose }) => [`  ${ink.cyan(command)}`, `      ${ink.dim(purpose)}`]),
  ];
}

function headline({ kind, step, steps, alarms }: RunOutcome, ink: Ink): string {
  switch (kind) {
    case 'completed':
      return ink.green(`Done: ${step} of ${steps} steps.`);
    case 'interrupted':
      return ink.yellow(`Stopped after step ${step} of ${steps}; nothing of it is lost.`);
    case 'alarm':
      return ink.red(`Stopped by the alarm ${alarms.at(-1)!.code} after step ${step} of ${steps}; nothing of it is lost.`);
    case 'corpus-exhausted':
      return ink.yellow(`The corpus ended after step ${step} of ${steps}; corpus.repeat: true reads it again.`);
  }
}

/** The failure signs that reached their thresholds, each with what to do. */
function alarmLines({ alarms }: RunOutcome, ink: Ink): string[] {
  if (alarms.length === 0) return [];
  return ['', 'Failure signs:', ...alarms.flatMap(({ code, message }) => [ink.yellow(`  ${code}: ${message}`), `      ${ink.dim(errorCodes[code])}`])];
}

/** Rows of a table; a row of one cell is a heading. Empty where nothing was measured. */
export function beforeAndAfter(before: EvaluationSummary | null, after: EvaluationSummary | null): string[][] {
  const cloze = clozeRows(before, after);
  const probe = probeRows(before, after);
  return cloze.length + probe.length === 0 ? [] : [['', 'before', 'after', 'change'], ...cloze, ...probe];
}

function clozeRows(before: EvaluationSummary | null, after: EvaluationSummary | null): string[][] {
  if ((before?.cloze ?? after?.cloze ?? null) === null) return [];
  const classes = union(before?.cloze?.byClass, after?.cloze?.byClass);
  const accuracy = (summary: EvaluationSummary | null, spanClass: string): number | null => summary?.cloze?.byClass.find((each) => each.spanClass === spanClass)?.accuracy ?? null;
  return [
    ['Held-out spans predicted right'],
    shareRow('all', before?.cloze?.accuracy, after?.cloze?.accuracy),
    ...classes.map((name) => shareRow(name, accuracy(before, name), accuracy(after, name))),
  ];
}

function probeRows(before: EvaluationSummary | null, after: EvaluationSummary | null): string[][] {
  if ((before?.maskProbe ?? after?.maskProbe ?? null) === null) return [];
  const classes = union(before?.maskProbe?.byClass, after?.maskProbe?.byClass);
  const [distinctBefore, distinctAfter] = [before?.maskProbe?.distinctMasksPerHundred ?? null, after?.maskProbe?.distinctMasksPerHundred ?? null];
  const change = distinctBefore === null || distinctAfter === null ? '' : signed(distinctAfter - distinctBefore, 1);
  return [
    ['Masks proposed on held-out paragraphs'],
    shareRow('usable', before?.maskProbe?.usableShare, after?.maskProbe?.usableShare),
    ...classes.map((name) => shareRow(`${name}, of the usable`, classShare(before, name), classShare(after, name))),
    ['  distinct texts per 100', decimal(distinctBefore, 1), decimal(distinctAfter, 1), change],
  ];
}

function shareRow(label: string, before: number | null | undefined, after: number | null | undefined): string[] {
  return [`  ${label}`, percent(before, 1), percent(after, 1), points(before, after)];
}

function union(...lists: readonly (readonly { readonly spanClass: string }[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((list) => (list ?? []).map(({ spanClass }) => spanClass)))].sort();
}
