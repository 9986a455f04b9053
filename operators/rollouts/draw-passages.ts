/**
 * Passages drawn without the generator: what all heuristic choosers have in common. In: a paragraph, and how to draw a question of it. Out: up to `masksPerParagraph` passages, no
 * question twice (fewer where the paragraph has no more); one without any is told by a dead letter and goes on empty.
 */
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import { seedOf, uniforms } from '../flow/seeds.ts';
import { passageId } from './ids.ts';
import { promptSubject } from './prompt-subject.ts';
import type { RolloutDeps } from './rollout-deps.ts';

const triesPerPassage = 64;

/** What may be asked of a paragraph. */
export interface Question extends Pick<MaskedPassage, 'maskText' | 'spanStarts' | 'text'> {
  /** Two questions with the same key are the same question. */
  readonly key: string;
}

/** Draws a question; null where the draw hits nothing that can be asked. */
export type DrawQuestion = (draw: () => number) => Question | null;

export type ChooserDeps = Pick<RolloutDeps, 'template' | 'config' | 'deadLetters'>;

/** @param stage whose dead letters they are; @param drawQuestion null where the paragraph has nothing to draw from */
export function drawPassages(deps: ChooserDeps, stage: string, paragraph: Paragraph, drawQuestion: DrawQuestion | null): MaskGroup {
  const passages = drawQuestion === null ? [] : passagesOf(deps, paragraph, drawQuestion);
  if (passages.length === 0) deps.deadLetters(noPassageLetter(deps, stage, paragraph));
  return { paragraph, maskRollouts: [], passages };
}

function passagesOf({ config }: ChooserDeps, paragraph: Paragraph, drawQuestion: DrawQuestion): MaskedPassage[] {
  const passages: MaskedPassage[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < config.rollouts.masksPerParagraph; index++) {
    const id = passageId(paragraph.id, index);
    const draw = uniforms(seedOf(config.run.seed, id));
    for (let attempt = 0; attempt < triesPerPassage; attempt++) {
      const question = drawQuestion(draw);
      if (question === null || taken.has(question.key)) continue;
      taken.add(question.key);
      const { maskText, spanStarts, text } = question;
      const { step, slot } = paragraph;
      passages.push({ id, paragraphId: paragraph.id, step, slot, maskIndex: index, maskRolloutId: null, maskText, spanStarts, text });
      break;
    }
  }
  return passages;
}

function noPassageLetter({ template, config }: ChooserDeps, stage: string, paragraph: Paragraph) {
  const promptTokens = template.predictionPrompt(promptSubject(paragraph)).length;
  const { maxPromptTokens } = config.rollouts;
  return promptTokens > maxPromptTokens
    ? paragraphLetter(paragraph, { stage, code: 'PROMPT_TOO_LONG', message: `the prediction prompt has about ${promptTokens} tokens, more than ${maxPromptTokens}` })
    : paragraphLetter(paragraph, { stage, code: 'INPUT_MALFORMED', message: 'nothing of the paragraph that the stage may choose can be asked for' });
}
