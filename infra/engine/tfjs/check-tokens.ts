/**
 * Refuses what would read beyond a table. In: requests and the model's limits. Wrong: PROMPT_TOO_LONG where a sequence does not fit
 * the model's positions, MODEL_INVALID where a token is not in its vocabulary, ENGINE_FAILED for an empty prompt, from which nothing can be predicted.
 */
import type { EngineInfo, EntropyText, SamplingGroup, TrainingGroup } from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

type Limits = Pick<EngineInfo, 'vocabularySize' | 'maxPositions'>;

/** A prompt must leave room for one token. */
export function checkPrompts(groups: readonly Pick<SamplingGroup, 'promptTokens'>[], limits: Limits): void {
  for (const { promptTokens } of groups) {
    if (promptTokens.length === 0) throw new PretrainZeroError('ENGINE_FAILED', 'A prompt without tokens was asked for; it needs at least one');
    checkLength(promptTokens.length + 1, limits);
    checkIds(promptTokens, limits);
  }
}

export function checkTrainingGroups(groups: readonly TrainingGroup[], limits: Limits): void {
  checkPrompts(groups, limits);
  for (const { promptTokens, responses } of groups) {
    for (const { tokens } of responses) {
      checkLength(promptTokens.length + tokens.length, limits);
      checkIds(tokens, limits);
    }
  }
}

export function checkTexts(texts: readonly EntropyText[], limits: Limits): void {
  checkTrainingGroups(texts.map(({ promptTokens, tokens }) => ({ promptTokens, responses: [{ id: '', tokens, logprobs: [], advantage: 0 }] })), limits);
}

function checkLength(tokens: number, { maxPositions }: Limits): void {
  if (tokens <= maxPositions) return;
  throw new PretrainZeroError('PROMPT_TOO_LONG', `A sequence of ${tokens} tokens does not fit the model's ${maxPositions} positions`);
}

function checkIds(tokens: readonly number[], { vocabularySize }: Limits): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (Number.isInteger(token) && token >= 0 && token < vocabularySize) continue;
    throw new PretrainZeroError('MODEL_INVALID', `Token ${token} is not in the model's vocabulary of ${vocabularySize}; its tokenizer is of another model`);
  }
}
