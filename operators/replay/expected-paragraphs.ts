/**
 * Paragraphs as the admission names them. In: a step's logged paragraphs, in order. Out: the same rows with all that follows from the place of each (ids, slots, cohorts) and from
 * its text (tokens, white space); the rest is the corpus's and taken as it is. Pure.
 */
import type { Config } from '../../schemas/config/config.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { joinQuestion, splitQuestion } from '../corpus/question-text.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import { paragraphId } from '../rollouts/ids.ts';
import { normaliseAnswer } from '../rollouts/parse-answer.ts';

export interface ExpectedParagraphsDeps {
  readonly config: Pick<Config, 'rollouts' | 'corpus'>;
  readonly tokenizer: Tokenizer;
  /** Ordinal of the step's first paragraph; null where the log does not fix it. */
  readonly firstOrdinal: number | null;
}

export function expectedParagraphs(step: number, logged: readonly Paragraph[], { config, tokenizer, firstOrdinal }: ExpectedParagraphsDeps): Paragraph[] {
  const starts = cohortStarts(logged, config.rollouts.paragraphsPerStep);
  return logged.map((row, slot) => {
    const cohort = starts.findLastIndex((start) => start <= slot);
    const cohortFirstSlot = starts[cohort]!;
    return {
      ...row,
      id: paragraphId(step, slot),
      step,
      slot,
      cohortFirstSlot,
      cohortSize: cohort === 0 ? config.rollouts.paragraphsPerStep : (starts[cohort + 1] ?? logged.length) - cohortFirstSlot,
      text: config.corpus.format === 'questions' ? questionAgain(row.text) : normaliseAnswer(row.text),
      tokenCount: tokenizer.encode(row.text).length,
      ordinal: firstOrdinal === null ? row.ordinal : firstOrdinal + slot,
    };
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
