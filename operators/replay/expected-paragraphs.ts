/**
 * Paragraphs as the admission names them. In: a step's logged paragraphs, in order. Out: the same rows with all that follows from the place of each (ids, slots, cohorts) and from
 * its text (tokens, white space); the rest is the corpus's: taken as it is, or from the corpus read again, where a row that it does not have is left out. Pure.
 */
import type { Config } from '../../schemas/config/config.ts';
import type { CorpusParagraph } from '../../schemas/records/corpus-paragraph.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { joinQuestion, splitQuestion } from '../corpus/question-text.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import { paragraphId } from '../rollouts/ids.ts';
import { normaliseAnswer } from '../rollouts/parse-answer.ts';
import type { OrdinalRange } from './corpus-again.ts';

export interface ExpectedParagraphsDeps {
  readonly config: Pick<Config, 'rollouts' | 'corpus'>;
  readonly tokenizer: Tokenizer;
  /** Ordinal of the step's first paragraph; null where the log does not fix it. */
  readonly firstOrdinal: number | null;
  /** What the corpus has, by ordinal; null where it was not read again. */
  readonly corpus: ReadonlyMap<number, CorpusParagraph> | null;
}

export function expectedParagraphs(step: number, logged: readonly Paragraph[], { config, tokenizer, firstOrdinal, corpus }: ExpectedParagraphsDeps): Paragraph[] {
  const starts = cohortStarts(logged, config.rollouts.paragraphsPerStep);
  return logged.flatMap((row, slot) => {
    const cohort = starts.findLastIndex((start) => start <= slot);
    const cohortFirstSlot = starts[cohort]!;
    const ordinal = firstOrdinal !== null ? firstOrdinal + slot : corpus === null ? row.ordinal : logged[cohortFirstSlot]!.ordinal + slot - cohortFirstSlot;
    const read = corpus?.get(ordinal);
    if (corpus !== null && read === undefined) return [];
    const { text } = read ?? row;
    return {
      ...row,
      ...read,
      id: paragraphId(step, slot),
      step,
      slot,
      cohortFirstSlot,
      cohortSize: cohort === 0 ? config.rollouts.paragraphsPerStep : (starts[cohort + 1] ?? logged.length) - cohortFirstSlot,
      text: config.corpus.format === 'questions' ? questionAgain(text) : normaliseAnswer(text),
      tokenCount: tokenizer.encode(text).length,
      ordinal,
    };
  });
}

/** Ordinals of a step's cohorts: each was drawn from the corpus in one piece. @param firstOrdinal of the step, where the log fixes it */
export function cohortOrdinals(paragraphs: readonly Paragraph[], perStep: number, firstOrdinal: number | null): OrdinalRange[] {
  const starts = cohortStarts(paragraphs, perStep);
  return starts.flatMap((start, cohort) => {
    const row = paragraphs[start];
    if (row === undefined) return [];
    const first = firstOrdinal === null ? row.ordinal : firstOrdinal + start;
    return { first, end: first + (starts[cohort + 1] ?? paragraphs.length) - start };
  });
}

/** A question keeps its lines. */
function questionAgain(text: string): string {
  const asked = splitQuestion(text);
  return asked === null ? text : joinQuestion(asked.question, asked.answer);
}

/** First slots of the cohorts: of the step's own, which has `perStep`, and of the refills as their paragraphs say. */
export function cohortStarts(paragraphs: readonly Paragraph[], perStep: number): number[] {
  const refills = paragraphs.flatMap(({ cohortFirstSlot }, slot) => (slot >= perStep && cohortFirstSlot === slot ? [slot] : []));
  const first = paragraphs.length > perStep && refills[0] !== perStep ? [perStep] : [];
  return [0, ...first, ...refills];
}
