/**
 * Whether a run lost nothing and counted nothing twice. In: what its topics say was admitted and committed, and what its folder holds. Out: what is wrong, in words; nothing for an
 * exact run. Pure. It does not ask whether the records are right, only whether each is there once: equality with another run's folder says the rest.
 */
import { isBalanced } from '../../../operators/flow/ledger.ts';
import type { Role } from '../../../schemas/records/scored-group.ts';
import type { LedgerLine } from '../../../schemas/records/step-report.ts';

/** On the topic `admissions`. */
export interface Admitted {
  readonly epoch: number;
  readonly step: number;
  readonly firstSlot: number;
  readonly paragraphs: number;
}

/** On the topic `step-commits`. */
export interface Committed {
  readonly epoch: number;
  readonly step: number;
  readonly paragraphIds: readonly string[];
}

/** In the run's folder. */
export interface LoggedStep {
  readonly step: number;
  readonly paragraphIds: readonly string[];
  readonly rollouts: readonly { readonly id: string; readonly role: Role }[];
  readonly groups: readonly { readonly id: string; readonly role: Role; readonly rolloutIds: readonly string[]; readonly advantages: readonly number[]; readonly kept: boolean }[];
  /** One a micro-batch; a group may be in several. */
  readonly gradientBatches: readonly { readonly groupIds: readonly string[]; readonly responses: number }[];
  readonly ledger: readonly LedgerLine[];
}

export interface RunRecords {
  readonly admissions: readonly Admitted[];
  readonly commits: readonly Committed[];
  readonly logged: readonly LoggedStep[];
}

/** @param steps that the run was to do; with maxStaleness 0, a step's paragraphs are those admitted in the epoch that committed it. */
export function exactnessProblems({ admissions, commits, logged }: RunRecords, steps: number): string[] {
  const due = Array.from({ length: steps }, (_, i) => i + 1);
  return [
    ...differences('the log', 'steps', due.map(String), logged.map(({ step }) => String(step))),
    ...repeated(logged.flatMap(({ paragraphIds }) => paragraphIds), 'is logged'),
    ...repeated(logged.flatMap(({ rollouts }) => rollouts.map(({ id }) => id)), 'is logged'),
    ...repeated(logged.flatMap(({ gradientBatches }) => [...new Set(gradientBatches.flatMap(({ groupIds }) => groupIds))]), 'is trained in steps'),
    ...logged.flatMap((step) => [...transportProblems(step, admissions, commits), ...stepProblems(step)].map((problem) => `step ${step.step}: ${problem}`)),
  ];
}

function transportProblems({ step, paragraphIds }: LoggedStep, admissions: readonly Admitted[], commits: readonly Committed[]): string[] {
  const own = commits.filter((commit) => commit.step === step);
  const epoch = Math.max(...own.map((commit) => commit.epoch));
  const last = own.find((commit) => commit.epoch === epoch);
  if (last === undefined) return ['nobody asked for it to be committed'];
  const answers = new Map<number, Set<number>>();
  for (const each of admissions) {
    if (each.step !== step || each.epoch !== epoch) continue;
    answers.set(each.firstSlot, (answers.get(each.firstSlot) ?? new Set()).add(each.paragraphs));
  }
  const admitted = [...answers.values()].reduce((sum, counts) => sum + Math.max(...counts), 0);
  return [
    ...[...answers].filter(([, counts]) => counts.size > 1).map(([firstSlot]) => `the grant from slot ${firstSlot} was answered in two ways`),
    ...(admitted === paragraphIds.length ? [] : [`${admitted} paragraphs were admitted, ${paragraphIds.length} are logged`]),
    ...differences('the log', 'paragraphs', last.paragraphIds, paragraphIds),
  ];
}

function stepProblems({ rollouts, groups, gradientBatches, ledger }: LoggedStep): string[] {
  const kept = groups.filter((group) => group.kept);
  const keptRollouts = kept.reduce((sum, { rolloutIds }) => sum + rolloutIds.length, 0);
  const due = kept.reduce((sum, { advantages }) => sum + advantages.filter((advantage) => advantage !== 0).length, 0); // others have no gradient
  const trained = [...new Set(gradientBatches.flatMap(({ groupIds }) => groupIds))];
  const responses = gradientBatches.reduce((sum, batch) => sum + batch.responses, 0);
  const booked = ledger.reduce((sum, { trained: own, deadLettered }) => sum + own + deadLettered.reduce((lost, { count }) => lost + count, 0), 0);
  return [
    ...repeated(groups.flatMap(({ rolloutIds }) => rolloutIds), 'stands in groups'),
    ...differences('the groups', 'rollouts', rollouts.map(({ id }) => id), groups.flatMap(({ rolloutIds }) => rolloutIds)),
    ...differences('the update', 'kept groups', kept.map(({ id }) => id), trained),
    ...(responses === due ? [] : [`the update had ${responses} rollouts, and ${due} were due`]),
    ...(keptRollouts === booked ? [] : [`${keptRollouts} rollouts were kept, and the ledger has ${booked} of them`]),
    ...ledger.flatMap((line) => {
      const sampled = rollouts.filter(({ role }) => role === line.role).length;
      const wrong = line.admitted === sampled ? [] : [`the ledger has ${line.admitted} rollouts of the role ${line.role}, the log ${sampled}`];
      return isBalanced(line) ? wrong : [...wrong, `the ledger does not add up: ${JSON.stringify(line)}`];
    }),
  ];
}

function repeated(ids: readonly string[], how: string): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([id, count]) => `${id} ${how} ${count} times`);
}

function differences(where: string, of: string, due: readonly string[], found: readonly string[]): string[] {
  const missing = due.filter((id) => !found.includes(id));
  const foreign = found.filter((id) => !due.includes(id));
  return [
    ...(missing.length > 0 ? [`${where} misses ${of}: ${missing.join(', ')}`] : []),
    ...(foreign.length > 0 ? [`${where} has ${of} that are not due: ${foreign.join(', ')}`] : []),
  ];
}
