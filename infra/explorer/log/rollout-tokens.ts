/**
 * The tokens of one rollout. In: where bytes come from, its step, role and id. Out: prompt and response token ids, and the log-probability of each response token
 * under the policy that sampled it. Can go wrong: RECORD_INVALID where the step has no such rollout; else as `partRows`.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { Role } from '../../../schemas/records/scored-group.ts';
import { sampleTables } from '../../sample-log/log-tables.ts';
import type { CommittedStep } from './committed-step.ts';
import type { PartBytes } from './part-bytes.ts';
import { rowsOf } from './step-samples.ts';

export interface RolloutTokens {
  readonly promptTokens: readonly number[];
  readonly responseTokens: readonly number[];
  /** Nats, one a response token. */
  readonly logprobs: readonly number[];
}

const columns = ['id', 'promptTokens', 'responseTokens', 'logprobs'] as const;

export async function rolloutTokens(source: PartBytes, step: CommittedStep, role: Role, id: string): Promise<RolloutTokens> {
  const rows = role === 'mask' ? await rowsOf(source, step, sampleTables.maskRollouts, columns) : await rowsOf(source, step, sampleTables.predictions, columns);
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new PretrainZeroError('RECORD_INVALID', `step ${step.step} has no such rollout`, { id });
  const { promptTokens, responseTokens, logprobs } = row;
  return { promptTokens, responseTokens, logprobs };
}
