/**
 * In: a sample of the engine and where it belongs. Out: the fields that both roles' rollout records share, with the parsed answer.
 * Fails with ENGINE_FAILED where tokens and log-probabilities differ in number.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { rolloutFields } from '../../schemas/records/rollout-fields.ts';
import type { RecordDefinition, RecordOf } from '../../schemas/record-definition.ts';
import type { Sample } from '../ports/engine.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import type { AnswerCommand, ParseAnswer } from './parse-answer.ts';

export type SampledRollout = RecordOf<RecordDefinition<typeof rolloutFields>>;

export interface SampleOrigin {
  readonly id: string;
  readonly paragraph: Paragraph;
  readonly index: number;
  readonly seed: number;
  readonly policyVersion: number;
  readonly promptTemplate: string;
  readonly promptTokens: readonly number[];
  /** The critic's, where there is one. */
  readonly value: number | null;
}

export interface ReadDeps {
  readonly tokenizer: Tokenizer;
  readonly parse: ParseAnswer;
}

/** The shared fields of a rollout, in an object that a role adds its own to (a spread of so many fields takes thirty times as long); `command` is the one that the role answers in. */
export function sampledRollout(origin: SampleOrigin, sample: Sample, command: AnswerCommand, { tokenizer, parse }: ReadDeps): SampledRollout {
  const { id, paragraph, index, seed, policyVersion, promptTemplate, promptTokens, value } = origin;
  if (sample.tokens.length !== sample.logprobs.length) {
    throw new PretrainZeroError('ENGINE_FAILED', `${sample.tokens.length} tokens came with ${sample.logprobs.length} log-probabilities`, { id });
  }
  const responseText = tokenizer.decode(sample.tokens);
  const parsed = parse(responseText, command);
  return {
    id,
    paragraphId: paragraph.id,
    step: paragraph.step,
    slot: paragraph.slot,
    index,
    seed,
    policyVersion,
    promptTemplate,
    promptTokens,
    responseTokens: sample.tokens,
    logprobs: sample.logprobs,
    finishReason: sample.finishReason,
    responseText,
    answer: parsed?.answer ?? null,
    answerStart: parsed?.start ?? null,
    answerEnd: parsed?.end ?? null,
    value,
  };
}
