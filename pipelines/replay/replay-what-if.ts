/**
 * What would have changed. In: an opened replay whose config or pipeline is another than the run's. Out: the changes of all steps together; each step's as an event. No model is asked:
 * the samples are those that were drawn. Can go wrong: LOG_DAMAGED for a part that is not as it was committed, and what the stages throw.
 */
import { sampleTablesOf } from '../../operators/replay/logged-tables.ts';
import { stepChanges, type StepChanges } from '../../operators/replay/step-changes.ts';
import { sumChanges } from '../../operators/replay/sum-changes.ts';
import { learningRate } from '../../operators/training/learning-rate.ts';
import { planMicroBatches } from '../../operators/training/plan-micro-batches.ts';
import { judgedSteps, type JudgedLoggedStep } from './judged-steps.ts';
import type { OpenedReplay } from './open-replay.ts';
import { rolloutsOf } from './replay-counts.ts';
import type { EmitReplay } from './replay-events.ts';
import { requireWhole } from './require-whole.ts';

export async function replayWhatIf(opened: OpenedReplay, examples: number, emit: EmitReplay, signal: AbortSignal): Promise<StepChanges | null> {
  const { log, range } = opened;
  const judging = judgedSteps(opened);
  let all: StepChanges | null = null;
  for (let step = range.from; step <= range.to && !signal.aborted; step++) {
    const judged = await judging.read(step);
    requireWhole(log, judged.logged);
    const changes = stepChanges(step, judged.logged.tables, { config: opened.config, messages: judged.messages, update: updateFigures(opened, judged) }, examples);
    all = sumChanges(all, changes, examples);
    emit({ type: 'step-changes', changes });
    const judgedRows = Object.values(sampleTablesOf(judged.messages)).reduce((sum, rows) => sum + rows.length, 0);
    emit({ type: 'step-replayed', step, rollouts: rolloutsOf(judged.logged.tables), rows: judgedRows });
  }
  return all;
}

function updateFigures({ config, topology, tokenizer, judge }: OpenedReplay, { logged, messages }: JudgedLoggedStep): StepChanges['update'] {
  const { update } = topology.sink;
  const groups = update.groups(messages, { config, tokenizer, template: judge.template }).filter((group) => group.responses.length > 0);
  const [report] = logged.tables.steps;
  return {
    responseTokens: { before: report?.responseTokens ?? 0, after: update.stepTokens(messages, groups) },
    gradientBatches: { before: logged.tables.gradientBatches.length, after: planMicroBatches(groups, config.engine.maxTokensPerMicroBatch).length },
    learningRate: { before: report?.learningRate ?? 0, after: learningRate(logged.step, config.optimiser, config.run.steps) },
  };
}
