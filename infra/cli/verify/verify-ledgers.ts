/**
 * Counts a run's rollouts again from its log. In: the run's folder. Out: where a step's ledger does not add up, or is not what the step's samples say; and how many
 * rollouts were counted. Parts that are damaged are passed over: that they are is told elsewhere.
 */
import { join } from 'node:path';
import { isBalanced } from '../../../operators/flow/ledger.ts';
import { scoringRules, type ScoringRules } from '../../../operators/rewards/scoring-rules.ts';
import { scoredGroup } from '../../../schemas/records/scored-group.ts';
import { maskRollout } from '../../../schemas/records/mask-rollout.ts';
import { predictionRollout } from '../../../schemas/records/prediction-rollout.ts';
import { stepReport, type LedgerLine } from '../../../schemas/records/step-report.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { RecordDefinition, RecordOf } from '../../../schemas/record-definition.ts';
import type { RunProblem } from '../../checkpoints/verify-run.ts';
import { layout, stepPart } from '../../checkpoints/run-layout.ts';
import { loadConfig } from '../../config/load-config.ts';
import type { FileSystem } from '../../file-system/file-system.ts';
import { metricTables, sampleTables } from '../../sample-log/log-tables.ts';
import { readRecords } from '../../sample-log/read-records.ts';
import { groupProblems } from './group-problems.ts';

export interface LedgerVerification {
  readonly rollouts: number;
  readonly problems: readonly RunProblem[];
}

/** @param damaged paths of files that cannot be read. */
export async function verifyLedgers(fileSystem: FileSystem, directory: string, steps: number, damaged: ReadonlySet<string>): Promise<LedgerVerification> {
  const problems: RunProblem[] = [];
  let rollouts = 0;
  const partOf = (folder: string, step: number): string => join(directory, stepPart(folder, step));
  const rows = async <D extends RecordDefinition, K extends keyof RecordOf<D> & string>(folder: string, definition: D, step: number, columns: readonly K[]) => {
    const file = partOf(folder, step);
    return (await fileSystem.size(file)) === null ? [] : await collect(readRecords(fileSystem, file, definition, { columns }));
  };
  const { maskRollouts, predictions, groups } = sampleTables;
  const rules = await rulesOf(directory).catch((error: unknown) => {
    if (!(error instanceof PretrainZeroError)) throw error;
    problems.push({ file: layout.config, problem: `rewards and advantages cannot be computed again: ${error.message}` });
    return null;
  });
  for (let step = 1; step <= steps; step++) {
    if ([metricTables.steps, maskRollouts, predictions, groups].some(({ folder }) => damaged.has(partOf(folder, step)))) continue;
    const file = stepPart(metricTables.steps.folder, step);
    const [report] = await rows(metricTables.steps.folder, stepReport, step, ['ledger']);
    if (report === undefined) {
      problems.push({ file, problem: 'the step has no report' });
      continue;
    }
    const scored = await rows(groups.folder, scoredGroup, step, ['id', 'role', 'rolloutIds', 'solved', 'attempts', 'rewards', 'advantages', 'kept', 'dropReason']);
    const [masks, answers] = [await rows(maskRollouts.folder, maskRollout, step, ['id', 'value']), await rows(predictions.folder, predictionRollout, step, ['id', 'value'])];
    const sampled = { mask: masks.map(({ id }) => id), predict: answers.map(({ id }) => id) };
    const values = new Map([...masks, ...answers].map(({ id, value }) => [id, value]));
    rollouts += sampled.mask.length + sampled.predict.length;
    for (const line of report.ledger) {
      const problem = ledgerProblem(line, sampled[line.role], scored.filter((group) => group.role === line.role));
      if (problem !== null) problems.push({ file, problem: `${line.role}: ${problem}` });
    }
    if (rules !== null) problems.push(...scored.flatMap((group) => groupProblems({ ...group, value: values.get(group.rolloutIds[0] ?? '') ?? null }, rules)).map((problem) => ({ file: stepPart(groups.folder, step), problem })));
  }
  return { rollouts, problems };
}

async function rulesOf(directory: string): Promise<ScoringRules> {
  return scoringRules((await loadConfig(join(directory, layout.config))).config);
}

type LoggedGroup = Pick<RecordOf<typeof scoredGroup>, 'rolloutIds' | 'dropReason'>;

function ledgerProblem(line: LedgerLine, sampled: readonly string[], groups: readonly LoggedGroup[]): string | null {
  if (!isBalanced(line)) return `the ledger does not add up: ${JSON.stringify(line)}`;
  if (new Set(sampled).size !== sampled.length) return 'a rollout stands twice in the samples';
  if (line.admitted !== sampled.length) return `the ledger has ${line.admitted} rollouts, the samples ${sampled.length}`;
  for (const { reason, count } of line.dropped) {
    const logged = groups.filter((group) => group.dropReason === reason).reduce((sum, group) => sum + group.rolloutIds.length, 0);
    if (logged !== count) return `the ledger has ${count} rollouts dropped for ${reason}, the groups ${logged}`;
  }
  const kept = groups.filter((group) => group.dropReason === null).reduce((sum, group) => sum + group.rolloutIds.length, 0);
  return line.trained > kept ? `the ledger has ${line.trained} rollouts in the update, the kept groups hold ${kept}` : null;
}

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
