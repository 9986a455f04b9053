/**
 * An engine's `generate` that answers from a log. In: a step's logged rollouts. Out: samples, found by the ids that the stage asks with. Tokens and log-probabilities are
 * taken as they were logged; how the response ended follows from its tokens. Can go wrong: USAGE for a stage that asks without ids.
 */
import type { MaskConstraint } from '../../schemas/records/mask-rollout.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Engine, GenerateRequest, Sample, SamplingGroup } from '../ports/engine.ts';

export interface LoggedRollout {
  readonly id: string;
  readonly policyVersion: number;
  readonly promptTokens: readonly number[];
  readonly responseTokens: readonly number[];
  readonly logprobs: readonly number[];
  readonly value: number | null;
  /** Of a mask: what it could only copy. */
  readonly constraint?: MaskConstraint | null;
}

/**
 * What happens where the log has no answer.
 * - `hole`: the sample is empty; whoever compares finds that the row is missing.
 * - `left-out-whole`: a group without any logged sample has none; else as `hole`.
 * - `left-out`: a group that was not asked just so, with the same prompt and held to the same, has none.
 */
export type Unlogged = 'hole' | 'left-out-whole' | 'left-out';

export interface LoggedSamplerOptions {
  readonly unlogged: Unlogged;
  /** Version that sampled the rollouts of the step; null: as they say themselves. */
  readonly policyVersion: number | null;
  /** Whether the log tells what masks could only copy. */
  readonly constraints: boolean;
}

export function loggedSampler(rollouts: readonly LoggedRollout[], { unlogged, policyVersion, constraints }: LoggedSamplerOptions): Engine['generate'] {
  const logged = new Map(rollouts.map((rollout) => [rollout.id, rollout]));
  return (request) => {
    const found = request.groups.map((group) => idsOf(group).map((id) => logged.get(id)));
    const version = policyVersion ?? found.flat().find((rollout) => rollout !== undefined)?.policyVersion ?? 0;
    const samples = request.groups.map((group, i) =>
      isLeftOut(group, found[i]!, unlogged, constraints) ? [] : found[i]!.map((rollout) => (rollout === undefined ? hole : sampleOf(rollout, request))),
    );
    const values = found.map((rollouts) => rollouts.find((rollout) => rollout !== undefined)?.value ?? 0);
    return Promise.resolve({ samples, policyVersion: version, ...(request.values === true && { values }) });
  };
}

const hole: Sample = { tokens: [], logprobs: [], finishReason: 'length' };

function idsOf({ ids }: SamplingGroup): readonly string[] {
  if (ids !== undefined) return ids;
  throw new PretrainZeroError('USAGE', 'a stage asks for samples without ids: only one that names them (SamplingGroup.ids) can be answered from a log');
}

function isLeftOut({ promptTokens, copying }: SamplingGroup, rollouts: readonly (LoggedRollout | undefined)[], unlogged: Unlogged, constraints: boolean): boolean {
  const isOther = ({ constraint = null }: LoggedRollout): boolean => constraints && constraint !== (copying?.copies ?? null);
  if (unlogged === 'hole') return false;
  if (unlogged === 'left-out-whole') return rollouts.every((rollout) => rollout === undefined);
  return rollouts.some((rollout) => rollout === undefined || isOther(rollout) || !equalTokens(rollout.promptTokens, promptTokens));
}

function equalTokens(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((token, i) => token === b[i]);
}

/** A response ends with its first stop token, or at the limit: whatever is logged beyond was never sampled. */
function sampleOf({ responseTokens, logprobs }: LoggedRollout, { stopTokens, maxNewTokens }: GenerateRequest): Sample {
  const stop = responseTokens.findIndex((token) => stopTokens.includes(token));
  const length = Math.min(responseTokens.length, maxNewTokens, stop < 0 ? Infinity : stop + 1);
  const tokens = responseTokens.slice(0, length);
  return {
    tokens,
    logprobs: Array.from(tokens, (_, t) => logprobs[t] ?? NaN),
    finishReason: stop >= 0 && stop < length ? 'stop' : 'length',
  };
}
