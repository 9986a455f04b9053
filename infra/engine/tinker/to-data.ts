/**
 * In: groups of a micro-batch, and the step that they are part of. Out: one datum a response, scaled so that what the server reduces is the step's token-level mean (eq. 11); the loss and its settings. Pure.
 * Wrong: USAGE where a mean over sequences is wanted and the step's number of responses is not told.
 *
 * With T the tokens of a response, N the responses and S the tokens of the step: JAX gives 1/N sum 1/T sum of token losses, so advantages are multiplied by N T / S; FSDP and Megatron give the sum: by 1 / S.
 * JAX would divide a cross-entropy by its own weights; CISPO whose ratio is clipped to 1 is the weighted cross-entropy.
 */
import type { AccumulateRequest, TrainingResponse } from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { allFinite } from '../all-finite.ts';
import type { Datum, LossName } from './client/wire/datum.ts';
import type { TinkerBackend } from './tinker-options.ts';

export interface DatumOf {
  readonly response: TrainingResponse;
  readonly datum: Datum;
  /** Its log-probabilities or advantage are not finite: it is sent, as it counts in a mean, and contributes nothing. */
  readonly finite: boolean;
}

export interface PassData {
  readonly data: readonly DatumOf[];
  readonly loss: LossName;
  readonly lossSettings: Readonly<Record<string, number>>;
}

export function toData({ groups, loss, stepTokens, stepResponses }: AccumulateRequest, backend: TinkerBackend): PassData {
  const ofSequence = sequenceScale(backend, stepTokens, stepResponses);
  const data = groups.flatMap(({ promptTokens, responses }) =>
    responses.map((response): DatumOf => {
      const sampled = loss.kind === 'grpo' ? response.logprobs : [];
      const finite = Number.isFinite(response.advantage) && allFinite(sampled);
      const scaled = finite ? response.advantage * ofSequence(response.tokens.length) : 0;
      const asWeight = loss.kind === 'cross-entropy' && backend !== 'jax';
      return { response, finite, datum: toDatum(promptTokens, response.tokens, { logprobs: finite ? sampled : [], advantage: scaled, weight: asWeight ? scaled : 1 }) };
    }),
  );
  if (loss.kind === 'grpo') return { data, loss: 'ppo', lossSettings: { clip_low_threshold: 1 - loss.clipLow, clip_high_threshold: 1 + loss.clipHigh } };
  if (backend === 'jax') return { data, loss: 'cispo', lossSettings: { clip_low_threshold: 1, clip_high_threshold: 1 } };
  return { data, loss: 'cross_entropy', lossSettings: {} };
}

/** A sequence to be scored alone. */
export function toScoredDatum(promptTokens: readonly number[], tokens: readonly number[]): Datum {
  return toDatum(promptTokens, tokens, { logprobs: [], advantage: 0, weight: 1 });
}

function sequenceScale(backend: TinkerBackend, stepTokens: number, stepResponses: number | undefined): (tokens: number) => number {
  if (backend !== 'jax') return () => 1 / stepTokens;
  if (stepResponses === undefined) throw new PretrainZeroError('USAGE', 'A mean over sequences needs the number of responses of the step (stepResponses)');
  return (tokens) => (stepResponses * tokens) / stepTokens;
}

interface OfResponse {
  /** Empty for none. */
  readonly logprobs: readonly number[];
  readonly advantage: number;
  readonly weight: number;
}

function toDatum(promptTokens: readonly number[], tokens: readonly number[], { logprobs, advantage, weight }: OfResponse): Datum {
  const sequence = [...promptTokens, ...tokens];
  const length = sequence.length - 1;
  const first = promptTokens.length - 1; // the target with the response's first token
  const sampled = new Float32Array(length);
  sampled.set(logprobs, first);
  return {
    inputTokens: Int32Array.from(sequence.slice(0, -1)),
    targetTokens: sequence.slice(1),
    logprobs: sampled,
    advantages: new Float32Array(length).fill(advantage, first),
    weights: new Float32Array(length).fill(weight, first),
  };
}
