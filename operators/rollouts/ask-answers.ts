/**
 * Post-training's questions (4.3), in place of masks. In: admitted paragraphs, each a question with its answer on the last line. Out: each with one passage: the question, whose hidden text is the answer. A paragraph that is no question, or whose
 * prompt is too long, goes on empty, with a dead letter.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { splitQuestion } from '../corpus/question-text.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import { passageId } from './ids.ts';
import { promptSubject } from './prompt-subject.ts';
import type { RolloutDeps } from './rollout-deps.ts';

export function askAnswers(deps: Pick<RolloutDeps, 'template' | 'config' | 'deadLetters'>): OperatorFunction<Paragraph, MaskGroup> {
  const { template, config, deadLetters } = deps;
  return map((paragraph) => {
    const asked = splitQuestion(paragraph.text);
    const empty = { paragraph, maskRollouts: [], passages: [] };
    if (asked === null) {
      deadLetters(paragraphLetter(paragraph, { stage: 'ask-answers', code: 'INPUT_MALFORMED', message: 'the paragraph is no question with an answer: set corpus.format to questions' }));
      return empty;
    }
    const tokens = template.predictionPrompt(promptSubject(paragraph, asked.question)).length;
    if (tokens > config.rollouts.maxPromptTokens) {
      deadLetters(paragraphLetter(paragraph, { stage: 'ask-answers', code: 'PROMPT_TOO_LONG', message: `the prompt has ${tokens} tokens, more than ${config.rollouts.maxPromptTokens}` }));
      return empty;
    }
    const { id: paragraphId, step, slot } = paragraph;
    const passage = { id: passageId(paragraphId, 0), paragraphId, step, slot, maskIndex: 0, maskRolloutId: null, maskText: asked.answer, spanStarts: [asked.answerStart], text: asked.question };
    return { ...empty, passages: [passage] };
  });
}
