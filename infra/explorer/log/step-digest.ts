/**
 * What lists and filters need to know of a step. In: where bytes come from, a committed step, what tells the class of a hidden text where the corpus has labels. Out: a line for every mask, usable or not, and one for every
 * paragraph; none of the prompts, responses and log-probabilities are read. Fails as `partRows` does.
 */
import type { maskRejections } from '../../../schemas/records/mask-rollout.ts';
import type { DropReason, ScoredGroup } from '../../../schemas/records/scored-group.ts';
import { sampleTables } from '../../sample-log/log-tables.ts';
import type { CommittedStep } from './committed-step.ts';
import { paragraphKey } from './paragraph-key.ts';
import type { PartBytes } from './part-bytes.ts';
import type { ClassOf } from './span-labels.ts';
import { bySlot, rowsOf } from './step-samples.ts';
import { surfaceKind } from './surface-kind.ts';

/** What became of a rollout's group in the update; null where it stood in none. */
export type Fate = 'kept' | DropReason | null;

export interface MaskDigest {
  readonly slot: number;
  /** Index of the mask within the paragraph. */
  readonly index: number;
  /** The hidden text; what was proposed where it was not usable; empty where nothing was. */
  readonly text: string;
  readonly rejection: (typeof maskRejections)[number] | null;
  /** Right predictions, of `attempts`. */
  readonly solved: number;
  readonly attempts: number;
  /** The most predictions that gave one and the same wrong answer. */
  readonly agreeing: number;
  /** Class of the hidden text by the corpus's labels, or by what it looks like where there are none; of a mask that was not usable, why not. */
  readonly spanClass: string;
  /** Of the group of its predictions. */
  readonly predictFate: Fate;
  /** Of the group of masks that it belongs to. */
  readonly maskFate: Fate;
}

export interface ParagraphDigest {
  readonly slot: number;
  readonly title: string;
  /** The same wherever the paragraph comes again. */
  readonly key: string;
}

export interface StepDigest {
  readonly step: number;
  readonly paragraphs: readonly ParagraphDigest[];
  /** In order of slot and index. */
  readonly masks: readonly MaskDigest[];
}

export async function stepDigest(source: PartBytes, step: CommittedStep, classOf: ClassOf | null): Promise<StepDigest> {
  const [paragraphs, rollouts, passages, predictions, groups] = await Promise.all([
    rowsOf(source, step, sampleTables.paragraphs, ['slot', 'title', 'file', 'pageId', 'paragraphIndex', 'text']),
    rowsOf(source, step, sampleTables.maskRollouts, ['slot', 'index', 'answer', 'rejection']).then(bySlot),
    rowsOf(source, step, sampleTables.passages, ['slot', 'maskIndex', 'maskText', 'spanStarts']).then(bySlot),
    rowsOf(source, step, sampleTables.predictions, ['slot', 'maskIndex', 'answer', 'correct']).then(bySlot),
    rowsOf(source, step, sampleTables.groups, ['slot', 'role', 'maskIndex', 'kept', 'dropReason']).then(bySlot),
  ]);
  const masks = paragraphs.flatMap(({ slot, text }): MaskDigest[] => {
    const ofSlot = groups(slot);
    const maskFate = fateOf(ofSlot.find(({ role }) => role === 'mask'));
    const unusable = rollouts(slot).filter(({ rejection }) => rejection !== null);
    const usable = passages(slot).map(({ maskIndex, maskText, spanStarts }): MaskDigest => {
      const own = predictions(slot).filter((prediction) => prediction.maskIndex === maskIndex);
      const predictFate = fateOf(ofSlot.find((group) => group.role === 'predict' && group.maskIndex === maskIndex));
      const solved = own.filter(({ correct }) => correct).length;
      const spanClass = classOf === null ? surfaceKind(maskText) : classOf({ text, maskText, spanStarts });
      return { slot, index: maskIndex, text: maskText, rejection: null, solved, attempts: own.length, agreeing: agreement(own), spanClass, predictFate, maskFate };
    });
    const rejected = unusable.map(({ index, answer, rejection }): MaskDigest => ({ slot, index, text: answer ?? '', rejection, solved: 0, attempts: 0, agreeing: 0, spanClass: rejection!, predictFate: null, maskFate }));
    return [...usable, ...rejected].sort((a, b) => a.index - b.index);
  });
  return { step: step.step, masks, paragraphs: paragraphs.map((paragraph) => ({ slot: paragraph.slot, title: paragraph.title, key: paragraphKey(paragraph) })) };
}

function fateOf(group: Pick<ScoredGroup, 'kept' | 'dropReason'> | undefined): Fate {
  return group === undefined ? null : group.kept ? 'kept' : group.dropReason;
}

function agreement(predictions: readonly { readonly answer: string | null; readonly correct: boolean }[]): number {
  const counts = new Map<string, number>();
  for (const { answer, correct } of predictions) if (!correct && answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
