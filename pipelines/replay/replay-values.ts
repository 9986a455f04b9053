/**
 * Replay of values, and of gradients. In: an opened replay, and what stands for the engine in an update. Out: the first value of the log that is not what the rest of the log makes of it;
 * null where there is none. Each step goes through the run's own stages, update, ledger, report and commit; samples come out of the log. Can go wrong: what reading the
 * log throws, and the engine.
 */
import { createLetterBox } from '../../operators/flow/letter-box.ts';
import { createStopwatch } from '../../operators/flow/stopwatch.ts';
import { createHealthWatch } from '../../operators/health/health-watch.ts';
import type { RunStore, StepCommit } from '../../operators/ports/run-store.ts';
import type { LoggedStep } from '../../operators/ports/step-log.ts';
import { corpusAgain, type CorpusAgain } from '../../operators/replay/corpus-again.ts';
import { withDamage } from '../../operators/replay/damage.ts';
import type { Difference } from '../../operators/replay/difference.ts';
import { cohortOrdinals, expectedParagraphs, type ExpectedParagraphsDeps } from '../../operators/replay/expected-paragraphs.ts';
import { firstDifference, type RowDifference } from '../../operators/replay/first-difference.ts';
import { sampleTablesOf, tableNames, type TableName, type Tables } from '../../operators/replay/logged-tables.ts';
import { missingParagraph } from '../../operators/replay/missing-paragraph.ts';
import { refillDifference } from '../../operators/replay/refill-difference.ts';
import type { StepBatch } from '../../operators/training/batch-steps.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { healthBefore } from './health-before.ts';
import { judgedSteps, type JudgedLoggedStep } from './judged-steps.ts';
import type { OpenedReplay } from './open-replay.ts';
import { replayEvaluations } from './replay-evaluations.ts';
import type { EmitReplay } from './replay-events.ts';
import { rolloutsOf } from './replay-counts.ts';
import { feedSteps } from './step-feeder.ts';
import type { UpdateReplay } from './update-replay.ts';

const clock = { now: () => 0, wallTime: () => 0 };

export async function replayValues(opened: OpenedReplay, update: UpdateReplay, emit: EmitReplay, signal: AbortSignal): Promise<Difference | null> {
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
    health: createHealthWatch(config.alarms, await healthBefore(opened)),
    store,
    baseEvaluations: range.from === 1 ? await evaluations.of(first.logged, 0) : [],
    evaluate: (step) => evaluations.of(current.logged, step),
    stopping: () => false,
    announce: () => undefined,
    onProgress: () => undefined,
    onCommitted: () => undefined,
    onAlarm: () => undefined,
    onWarning: () => undefined,
  });
  let current = first;
  let ordinal = await ordinalBefore(opened);
  const corpus = await openCorpus(opened, first.logged, emit);
  try {
    for (let step = range.from; step <= range.to && !signal.aborted; step++) {
      current = step === range.from ? first : await judging.read(step);
      const { logged, messages } = current;
      const told = (difference: RowDifference | null): Difference | null => withDamage(log, logged, difference);
      const firstOrdinal = ordinalsFollow(opened) ? ordinal : null;
      const drawn = (await corpus?.of(step, cohortOrdinals(logged.tables.paragraphs, config.rollouts.paragraphsPerStep, firstOrdinal))) ?? null;
      const samples = told(sampleDifference(opened, current, { firstOrdinal, corpus: drawn?.paragraphs ?? null }));
      if (samples !== null) return samples;
      ordinal += messages.length;
      update.begin(logged);
      for (const letter of drawn === null ? judging.letters(current) : [...drawn.letters, ...current.letters]) letters.put(letter);
      const refused = await feed(batchOf(opened, current)).then(() => null, (error: unknown) => error);
      const commit = commits.pop();
      if (commit === undefined || (refused !== null && !isLastRefusal(refused, step, log.steps.length))) throw refused;
      const metrics = told(metricDifference(logged, { ...commit, steps: [update.report(commit.report, logged, commit.gradientBatches)] }));
      const weights = metrics ?? update.difference();
      if (weights !== null) return weights;
      await opened.publish?.(messages);
      emit({ type: 'step-replayed', step, rollouts: rolloutsOf(logged.tables), rows: tableNames.reduce((sum, table) => sum + logged.tables[table].length, 0) });
    }
    return null;
  } finally {
    await corpus?.close();
  }
}

async function openCorpus({ source, config }: OpenedReplay, { tables }: LoggedStep, emit: EmitReplay): Promise<CorpusAgain | null> {
  if (source === null) return null;
  emit({ type: 'note', message: 'the paragraphs are compared with the corpus, which is read from its beginning' });
  return corpusAgain(await source.open(), config.rollouts.paragraphsPerStep, Math.min(...tables.paragraphs.map(({ ordinal }) => ordinal)));
}

/** Ordinal of the first paragraph: one more than the last of the step before. */
async function ordinalBefore({ inFolder, range }: OpenedReplay): Promise<number> {
  if (range.from === 1) return 0;
  return ((await inFolder.read(range.from - 1)).tables.paragraphs.at(-1)?.ordinal ?? -1) + 1;
}

/** Without refills, or on-policy, paragraphs are trained in the order in which the corpus gave them. */
function ordinalsFollow({ config, log }: OpenedReplay): boolean {
  return (config.grpo.maxStaleness === 0 || config.grpo.refillParagraphs === 0) && log.steps[0]?.trainedFrom === null;
}

function sampleDifference(opened: OpenedReplay, { logged, messages, asScored }: JudgedLoggedStep, drawn: Pick<ExpectedParagraphsDeps, 'firstOrdinal' | 'corpus'>): RowDifference | null {
  const { config, tokenizer, log, topology } = opened;
  const paragraphs = expectedParagraphs(logged.step, logged.tables.paragraphs, { config, tokenizer, ...drawn });
  const withEntropies = paragraphs.map((row, slot) => ({ ...row, tokenEntropies: messages[slot]?.paragraph.tokenEntropies ?? null }));
  const recomputed = { ...sampleTablesOf(messages), paragraphs: withEntropies };
  const { maskRollouts, passages, predictions, groups } = logged.tables;
  const found =
    missingParagraph(logged.step, { paragraphs: logged.tables.paragraphs, maskRollouts, passages, predictions, groups }) ??
    tableDifference(logged, recomputed, ['paragraphs', 'maskRollouts', 'passages', 'predictions', 'groups']);
  if (found !== null || log.steps[0]?.trainedFrom != null) return found;
  const { paragraphsPerStep } = config.rollouts;
  const { refillParagraphs, maxStaleness } = config.grpo;
  const mayLack = logged.step >= log.steps.length - maxStaleness;
  return refillDifference(logged.step, asScored, { paragraphsPerStep, refillParagraphs, useful: topology.sink.update.useful, mayLack });
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
  return { step, paragraphs: messages, pending: [], settled: true, rescored: false, corpusPosition: {}, last };
}

/** The third refused update in a row ended the run; its steps are committed like others. */
function isLastRefusal(error: unknown, step: number, last: number): boolean {
  return error instanceof PretrainZeroError && error.code === 'GRADIENT_NOT_FINITE' && step === last;
}
