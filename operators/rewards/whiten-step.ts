/**
 * REINFORCE++'s normalisation (arXiv 2501.03262). In: the paragraphs of a step, whose kept groups hold differences of rewards and baselines. Out: the same with
 * A = (A' - mean) / std in their place. Pure.
 *
 * Mean and std (with n - 1) are over all response tokens of the step's kept groups: an advantage counts once a token, as in verl. The two roles are normalised apart: with one mean
 * for both, the role with the higher rewards would be pushed up whatever it did. Where all of a role's differences are equal, there is nothing to learn from them, and A is 0.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { roles, type Role, type ScoredGroup } from '../../schemas/records/scored-group.ts';

interface Moments {
  readonly mean: number;
  /** 0 where all values are equal. */
  readonly std: number;
}

export function whitenStep(paragraphs: readonly ScoredGroups[]): ScoredGroups[] {
  const moments = Object.fromEntries(roles.map((role) => [role, momentsOf(weightedValues(paragraphs, role))])) as Readonly<Record<Role, Moments>>;
  return paragraphs.map((message) => ({ ...message, groups: message.groups.map((group) => whitened(group, moments[group.role])) }));
}

function whitened(group: ScoredGroup, { mean, std }: Moments): ScoredGroup {
  if (!group.kept) return group;
  return { ...group, advantages: group.advantages.map((value) => (std === 0 ? 0 : (value - mean) / std)) };
}

interface WeightedValue {
  readonly value: number;
  readonly tokens: number;
}

function weightedValues(paragraphs: readonly ScoredGroups[], role: Role): WeightedValue[] {
  return paragraphs.flatMap(({ maskRollouts, predictions, groups }) => {
    const lengths = new Map((role === 'mask' ? maskRollouts : predictions).map(({ id, responseTokens }) => [id, responseTokens.length]));
    const kept = groups.filter((group) => group.role === role && group.kept);
    return kept.flatMap(({ rolloutIds, advantages }) => rolloutIds.map((id, i) => ({ value: advantages[i]!, tokens: lengths.get(id) ?? 0 })));
  });
}

function momentsOf(all: readonly WeightedValue[]): Moments {
  const values = all.filter(({ tokens }) => tokens > 0);
  if (values.every(({ value }) => value === values[0]!.value)) return { mean: 0, std: 0 };
  const count = values.reduce((sum, { tokens }) => sum + tokens, 0);
  const mean = values.reduce((sum, { value, tokens }) => sum + value * tokens, 0) / count;
  const squares = values.reduce((sum, { value, tokens }) => sum + (value - mean) ** 2 * tokens, 0);
  return { mean, std: Math.sqrt(squares / (count - 1)) };
}
