/**
 * `supervised-span`: in: the paragraphs of a step with their passages. Out: one training group a passage: its question, answered at once, for the cross-entropy loss over the answer. The
 * answer begins with a space within its braces, as it does in the text, where the token with its space stands. An answer that would not be read back is left out.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { TrainingGroup } from '../ports/engine.ts';
import { parseLastBraced, writeBraced } from '../rollouts/parse-answer.ts';
import { questionPrompt } from '../rollouts/question-prompt.ts';
import type { UpdateDeps } from './update-rule.ts';

/** Response ids are `passage id/answer`. */
export function toSupervisedGroups(scored: readonly ScoredGroups[], { template, tokenizer }: Pick<UpdateDeps, 'template' | 'tokenizer'>): TrainingGroup[] {
  return scored.flatMap(({ paragraph, passages }) =>
    passages.flatMap((passage) => {
      const answer = writeBraced(` ${passage.maskText}`, 'boxed');
      if (parseLastBraced(answer, 'boxed')?.answer !== passage.maskText) return [];
      const tokens = [...tokenizer.encode(answer), ...tokenizer.stopTokens.slice(0, 1)];
      const response = { id: `${passage.id}/answer`, tokens, logprobs: tokens.map(() => 0), advantage: 1 };
      return [{ promptTokens: questionPrompt(template, paragraph, passage), responses: [response] }];
    }),
  );
}
