/**
 * The tokens of a step's rollouts. In: where bytes come from, the step, a role. Out: by the rollout's id, prompt and response token ids, and the log-probability of each response
 * token under the policy that sampled it. Fails as `partRows` does.
 */
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

export async function rolloutTokens(source: PartBytes, step: CommittedStep, role: Role): Promise<ReadonlyMap<string, RolloutTokens>> {
  const rows = role === 'mask' ? await rowsOf(source, step, sampleTables.maskRollouts, columns) : await rowsOf(source, step, sampleTables.predictions, columns);
  return new Map(rows.map(({ id, promptTokens, responseTokens, logprobs }) => [id, { promptTokens, responseTokens, logprobs }]));
}
