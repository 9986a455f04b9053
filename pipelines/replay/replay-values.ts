/**
 * Replay of values, and of gradients. In: an opened replay, and what stands for the engine in an update. Out: the first value of the log that is not what the rest of the log makes of it;
 * null where there is none. Each step goes through the run's own stages, update, ledger, report and commit; samples come out of the log. Can go wrong: what reading the
 * log throws, and the engine.
 */
import { createLetterBox } from '../../operators/flow/letter-box.ts';
import { createStopwatch } from '../../operators/flow/stopwatch.ts';
import type { RunStore, StepCommit } from '../../operators/ports/run-store.ts';
import type { LoggedStep } from '../../operators/ports/step-log.ts';
import { withDamage } from '../../operators/replay/damage.ts';
import type { Difference } from '../../operators/replay/difference.ts';
import { expectedParagraphs } from '../../operators/replay/expected-paragraphs.ts';
import { firstDifference, type RowDifference } from '../../operators/replay/first-difference.ts';
import { sampleTablesOf, tableNames, type TableName, type Tables } from '../../operators/replay/logged-tables.ts';
import { missingParagraph } from '../../operators/replay/missing-paragraph.ts';
import { refillDifference } from '../../operators/replay/refill-difference.ts';
import type { StepBatch } from '../../operators/training/batch-steps.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { judgedSteps, type JudgedLoggedStep } from './judged-steps.ts';
import type { OpenedReplay } from './open-replay.ts';
import { replayEvaluations } from './replay-evaluations.ts';
import type { PublishStep } from './publish-steps.ts';
import type { EmitReplay } from './replay-events.ts';
import { rolloutsOf } from './replay-counts.ts';
import { feedSteps } from './step-feeder.ts';
import type { UpdateReplay } from './update-replay.ts';

const clock = { now: () => 0, wallTime: () => 0 };

export async function replayValues(opened: OpenedReplay, update: UpdateReplay, emit: EmitReplay, signal: AbortSignal, publish: PublishStep | null = null): Promise<Difference | null> {
  const { log, range, config, topology, tokenizer, judge } = opened;
  const judging = judgedSteps(opened);
  const letters = createLetterBox();
  const commits: StepCommit[] = [];
  const store: RunStore = {
    directory: opened.directory,
    commit: async (commit, save) => {
      commits.push(commit);
      await update.committed(commit.step, save);
    },
    recordTiming: () => Promise.resolve(),
    resumePoint: () => Promise.reject(new PretrainZeroError('USAGE', 'a replay is not resumed')),
    close: () => Promise.resolve(),
  };
  const evaluations = replayEvaluations(opened, emit);
  const first = await judging.read(range.from);
  const feed = feedSteps({
    config,
    tokenizer,
    template: judge.template,
    engine: update.engine,
    update: topology.sink.update,
    letters,
    stopwatch: createStopwatch(clock),
    store,
    baseEvaluations: range.from === 1 ? await evaluations.of(first.logged, 0) : [],
    evaluate: (step) => evaluations.of(current.logged, step),
    stopping: () => false,
    announce: () => undefined,
    onProgress: () => undefined,
    onCommitted: () => undefined,
    onWarning: () => undefined,
  });
  let current = first;
  let ordinal = await ordinalBefore(opened);
  for (let step = range.from; step <= range.to && !signal.aborted; step++) {
    current = step === range.from ? first : await judging.read(step);
    const { logged, messages } = current;
    const told = (difference: RowDifference | null): Difference | null => withDamage(log, logged, difference);
    const samples = told(sampleDifference(opened, current, ordinalsFollow(opened) ? ordinal : null));
    if (samples !== null) return samples;
    ordinal += messages.length;
    update.begin(logged);
    for (const letter of judging.letters(current)) letters.put(letter);
    const refused = await feed(batchOf(opened, current)).then(() => null, (error: unknown) => error);
    const commit = commits.pop();
    if (commit === undefined || (refused !== null && !isLastRefusal(refused, step, log.steps.length))) throw refused;
    const report = update.report(commit.report, logged, commit.gradientBatches);
    const metrics = told(metricDifference(logged, { ...commit, steps: [report] }));
    const weights = metrics ?? update.difference();
    if (weights !== null) return weights;
    await publish?.({ ...commit, report }, log.steps[step - 1]!);
    emit({ type: 'step-replayed', step, rollouts: rolloutsOf(logged.tables), rows: tableNames.reduce((sum, table) => sum + logged.tables[table].length, 0) });
  }
  return null;
}

/** Ordinal of the first paragraph: one more than the last of the step before. */
async function ordinalBefore({ log, range }: OpenedReplay): Promise<number> {
  if (range.from === 1) return 0;
  return ((await log.read(range.from - 1)).tables.paragraphs.at(-1)?.ordinal ?? -1) + 1;
}

/** Without refills, or on-policy, paragraphs are trained in the order in which the corpus gave them. */
function ordinalsFollow({ config, log }: OpenedReplay): boolean {
  return (config.grpo.maxStaleness === 0 || config.grpo.refillParagraphs === 0) && log.steps[0]?.trainedFrom === null;
}

function sampleDifference(opened: OpenedReplay, { logged, messages }: JudgedLoggedStep, firstOrdinal: number | null): RowDifference | null {
  const { config, tokenizer, log, topology } = opened;
  const paragraphs = expectedParagraphs(logged.step, logged.tables.paragraphs, { config, tokenizer, firstOrdinal });
  const recomputed = { ...sampleTablesOf(messages), paragraphs };
  const { maskRollouts, passages, predictions, groups } = logged.tables;
  const found =
    missingParagraph(logged.step, { paragraphs: logged.tables.paragraphs, maskRollouts, passages, predictions, groups }) ??
    tableDifference(logged, recomputed, ['paragraphs', 'maskRollouts', 'passages', 'predictions', 'groups']);
  if (found !== null || log.steps[0]?.trainedFrom != null) return found;
  const { paragraphsPerStep } = config.rollouts;
  const { refillParagraphs, maxStaleness } = config.grpo;
  const mayLack = logged.step >= log.steps.length - maxStaleness;
  return refillDifference(logged.step, messages, { paragraphsPerStep, refillParagraphs, useful: topology.sink.update.useful, mayLack });
}

function metricDifference(logged: LoggedStep, recomputed: Pick<Tables, 'evaluations' | 'deadLetters' | 'gradientBatches' | 'steps'>): RowDifference | null {
  return tableDifference(logged, recomputed, ['evaluations', 'deadLetters', 'gradientBatches', 'steps']);
}

function tableDifference<T extends TableName>(logged: LoggedStep, recomputed: Pick<Tables, T>, tables: readonly T[]): RowDifference | null {
  for (const table of tables) {
    const found = firstDifference(table, { logged: logged.tables[table], recomputed: recomputed[table], fields: logged.fields[table] });
    if (found !== null) return found;
  }
  return null;
}

/** The end of a run shows in its last step alone: by the evaluation that is due then. */
export function batchOf({ config, log }: OpenedReplay, { logged, messages }: JudgedLoggedStep): StepBatch {
  const { step } = logged;
  const evaluated = logged.tables.evaluations.some((row) => row.step === step);
  const last = step === config.run.steps || (step === log.steps.length && evaluated);
  return { step, paragraphs: messages, pending: [], settled: true, corpusPosition: {}, last };
}

/** The third refused update in a row ended the run; its steps are committed like others. */
function isLastRefusal(error: unknown, step: number, last: number): boolean {
  return error instanceof PretrainZeroError && error.code === 'GRADIENT_NOT_FINITE' && step === last;
}
