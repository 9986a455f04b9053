/** In: a paragraph with all that was made of it. Out: the lines that show it. Pure. */
import type { MaskedPassage } from '../../../schemas/records/masked-passage.ts';
import type { Role, ScoredGroup } from '../../../schemas/records/scored-group.ts';
import type { ParagraphSample } from '../../sample-log/read-samples.ts';
import { decimal, signed } from '../amounts.ts';
import { isCut } from '../../../operators/rollouts/question-prompt.ts';
import type { Ink } from '../ink.ts';
import { wrap } from '../text-width.ts';
import { markMask } from './mark-mask.ts';
import { printable, revealed, revealedAgainst } from '../../shown-text/printable.ts';
import { dropReasonWords, rejectionWords } from '../../shown-text/reasons.ts';

export interface SampleView {
  /** Only this role's rollouts. @default both */
  readonly role?: Role;
  /** Only groups that took part in the update. */
  readonly kept: boolean;
  /** Reasoning in whole; else its beginning. */
  readonly full: boolean;
  readonly columns: number;
  readonly ink: Ink;
}

type ShownMask = ParagraphSample['maskRollouts'][number];
type ShownPrediction = ParagraphSample['predictions'][number];

const reasoningShown = 240; // characters

export function sampleLines(sample: ParagraphSample, view: SampleView): string[] {
  const { paragraph, maskRollouts, passages, groups } = sample;
  const { ink, columns, role } = view;
  const maskGroup = groups.find((group) => group.role === 'mask');
  const generation = role === 'predict' || maskGroup === undefined || (view.kept && !maskGroup.kept) ? undefined : maskGroup;
  const asked = role === 'mask' ? [] : passages.filter((passage) => !view.kept || groupOf(sample, passage)?.kept === true);
  const place = [paragraph.title, ...paragraph.sections].filter((part) => part !== '').map(printable).join(' › ');
  return [
    ink.bold(`── step ${paragraph.step}, slot ${paragraph.slot} ── ${place}`),
    ink.dim(`${printable(paragraph.file)}, page ${printable(paragraph.pageId)}, paragraph ${paragraph.paragraphIndex}, ${paragraph.tokenCount} tokens`),
    '',
    ...indent(wrap(printable(paragraph.text), columns - 2), 2),
    ...(generation === undefined ? [] : ['', `${ink.bold('Masks')}  ${groupFate(generation, ink)}`, ...maskRollouts.flatMap((mask) => maskLines(mask, generation, view))]),
    ...asked.flatMap((passage) => passageLines(sample, passage, view)),
    '',
  ];
}

function maskLines(mask: ShownMask, group: ScoredGroup, view: SampleView): string[] {
  const { ink } = view;
  const text = mask.answer === null ? ink.dim('(none)') : `"${revealed(mask.answer)}"`;
  const use = mask.rejection === null ? times(mask.occurrences ?? 1) : ink.yellow(`unusable: ${rejectionWords[mask.rejection]}`);
  const second = mask.constraint === 'names' || mask.constraint === 'content-words' ? ink.dim('second try  ') : '';
  const at = group.rolloutIds.indexOf(mask.id);
  const solved = group.solved[at];
  const difficulty = solved == null ? '' : `  solved ${solved} of ${group.attempts[at] ?? 0}`;
  return [`  ${mask.index}  ${text}  ${second}${use}${difficulty}  ${pay(group, at)}${truncation(mask, ink)}`, ...reasoningLines(mask, view)];
}

function passageLines(sample: ParagraphSample, passage: MaskedPassage, view: SampleView): string[] {
  const { ink, columns } = view;
  const group = groupOf(sample, passage);
  const predictions = sample.predictions.filter((prediction) => prediction.maskIndex === passage.maskIndex);
  const right = predictions.filter((prediction) => prediction.correct).length;
  const { text } = sample.paragraph;
  const shown = isCut(passage) ? text.slice(0, passage.spanStarts[0]! + passage.maskText.length) : text; // what follows a token that was asked for was not shown
  const marked = markMask(shown, passage.spanStarts, passage.maskText.length, ink);
  return [
    '',
    `${ink.bold(`Mask ${passage.maskIndex}`)}  "${revealed(passage.maskText)}"  ${right} of ${predictions.length} right  ${group === undefined ? '' : groupFate(group, ink)}`,
    ...indent(wrap(marked, columns - 4), 4),
    ...predictions.flatMap((prediction) => predictionLines(prediction, passage.maskText, group, view)),
  ];
}

function predictionLines(prediction: ShownPrediction, truth: string, group: ScoredGroup | undefined, view: SampleView): string[] {
  const { ink } = view;
  const mark = prediction.correct ? ink.green('✓') : ink.red('✗');
  const reason = prediction.rejection === null ? 'no answer' : rejectionWords[prediction.rejection];
  const answer = prediction.answer === null ? ink.yellow(reason) : `"${revealedAgainst(prediction.answer, truth)}"`;
  const paid = group === undefined ? '' : pay(group, group.rolloutIds.indexOf(prediction.id));
  return [`  ${mark} ${answer}  ${paid}${truncation(prediction, ink)}`, ...reasoningLines(prediction, view)];
}

/** What was said before the answer, dimmed; all of the response where there is no answer. */
function reasoningLines({ responseText, answerStart }: ShownMask | ShownPrediction, { ink, full, columns }: SampleView): string[] {
  const said = (answerStart === null ? responseText : responseText.slice(0, answerStart).replace(/\\(mask|boxed)\s*\{\s*$/, '')).trim();
  if (said === '') return [];
  const shown = full || said.length <= reasoningShown ? printable(said) : `${printable(said.slice(0, reasoningShown).replaceAll('\n', ' '))} … (--full shows all)`;
  return indent(wrap(shown, columns - 6).map(ink.dim), 6);
}

function groupFate({ kept, dropReason }: ScoredGroup, ink: Ink): string {
  return kept ? ink.green('kept') : ink.yellow(`dropped: ${dropReason === null ? 'no reason given' : dropReasonWords[dropReason]}`);
}

/** @param at place of the rollout in its group; -1 where it was left out. */
function pay({ rewards, advantages }: ScoredGroup, at: number): string {
  if (at < 0) return 'left out of its group: a log-probability is not finite';
  return `reward ${decimal(rewards[at], 2)}  advantage ${signed(advantages[at] ?? 0, 2)}`;
}

function truncation({ finishReason }: { readonly finishReason: 'stop' | 'length' }, ink: Ink): string {
  return finishReason === 'length' ? `  ${ink.yellow('cut off at the length limit')}` : '';
}

function times(occurrences: number): string {
  return occurrences === 1 ? 'once in the paragraph' : `${occurrences} times in the paragraph`;
}

function groupOf({ groups }: ParagraphSample, { maskIndex }: MaskedPassage): ScoredGroup | undefined {
  return groups.find((group) => group.role === 'predict' && group.maskIndex === maskIndex);
}

function indent(lines: readonly string[], columns: number): string[] {
  return lines.map((line) => ' '.repeat(columns) + line);
}
