/**
 * One update. In: a step's batch. Out: what the engine did with it, and the rollouts it could not use. Can go wrong: the engine's
 * ENGINE_FAILED and OUT_OF_MEMORY end the run. GRADIENT_NOT_FINITE does not: the weights stay as they were and
 * the whole batch is given up.
 */
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { GradientBatch } from '../../schemas/records/gradient-batch.ts';
import type { AccumulateReport, Engine, StepRequest, StepResult, TrainingGroup } from '../ports/engine.ts';
import { groupIdOfRollout } from '../rollouts/ids.ts';
import type { StepBatch } from './batch-steps.ts';
import { learningRate } from './learning-rate.ts';
import { planMicroBatches } from './plan-micro-batches.ts';
import type { UpdateDeps, UpdateRule } from './update-rule.ts';

export interface TrainStepDeps extends UpdateDeps {
  readonly engine: Engine;
  readonly update: UpdateRule;
  /** Micro-batches done of those planned, tokens so far; told before the first, too. */
  readonly onProgress: (step: number, done: number, total: number, tokens: number) => void;
}

export interface TrainedStep {
  readonly gradientBatches: readonly GradientBatch[];
  readonly reports: readonly AccumulateReport[];
  readonly learningRate: number;
  /** Response tokens of the step. */
  readonly stepTokens: number;
  /** Null where nothing was kept, or the gradient was refused. */
  readonly result: StepResult | null;
  /** Responses that contributed nothing, as their loss was not finite. */
  readonly notFinite: readonly string[];
  /** The engine's refusal of the gradient. */
  readonly refusal: PretrainZeroError | null;
}

export async function trainStep(batch: StepBatch, deps: TrainStepDeps): Promise<TrainedStep> {
  const { engine, config, update } = deps;
  const groups = update.groups(batch.paragraphs, deps).filter((group) => group.responses.length > 0);
  const stepTokens = update.stepTokens(batch.paragraphs, groups);
  const denominator = update.denominator(batch.paragraphs, stepTokens, config);
  const stepResponses = groups.reduce((sum, group) => sum + group.responses.length, 0);
  const microBatches = planMicroBatches(groups, config.engine.maxTokensPerMicroBatch);
  const rate = learningRate(batch.step, config.optimiser, config.run.steps);
  const reports: AccumulateReport[] = [];
  let tokens = 0;
  if (microBatches.length > 0) deps.onProgress(batch.step, 0, microBatches.length, tokens);
  for (const microBatch of microBatches) {
    const report = await engine.accumulate({ groups: microBatch, loss: update.loss(config), stepTokens: denominator, stepResponses });
    reports.push(report);
    tokens += report.responseTokens;
    deps.onProgress(batch.step, reports.length, microBatches.length, tokens);
  }
  const notFinite = reports.flatMap((report) => report.notFinite);
  const contributed = groups.some((group) => group.responses.some((response) => !notFinite.includes(response.id)));
  const { result, refusal } = contributed ? await stepOrRefuse(engine, stepRequest(rate, config)) : await nothingToStep(engine);
  return {
    gradientBatches: microBatches.map((microBatch, index) => gradientBatch(batch.step, index, microBatch, reports[index]!)),
    reports,
    learningRate: rate,
    stepTokens,
    result,
    notFinite,
    refusal,
  };
}

type StepAttempt = Pick<TrainedStep, 'result' | 'refusal'>;

function stepRequest(rate: number, { optimiser: { gradientClip }, grpo: { baseline, criticLearningRate } }: Config): StepRequest {
  return { learningRate: rate, gradientClip, ...(baseline === 'critic' && { criticLearningRate }) };
}

async function stepOrRefuse(engine: Engine, request: StepRequest): Promise<StepAttempt> {
  try {
    return { result: await engine.step(request), refusal: null };
  } catch (error) {
    if (!(error instanceof PretrainZeroError) || error.code !== 'GRADIENT_NOT_FINITE') throw error;
    await engine.discard();
    return { result: null, refusal: error };
  }
}

async function nothingToStep(engine: Engine): Promise<StepAttempt> {
  await engine.discard();
  return { result: null, refusal: null };
}

function gradientBatch(step: number, index: number, groups: readonly TrainingGroup[], report: AccumulateReport): GradientBatch {
  const ids = groups.flatMap((group) => group.responses.map((response) => groupIdOfRollout(response.id)));
  return {
    id: `${String(step).padStart(6, '0')}/${index}`,
    step,
    index,
    groupIds: [...new Set(ids)],
    responses: groups.reduce((sum, group) => sum + group.responses.length, 0),
    responseTokens: report.responseTokens,
    tokensComputed: report.tokensComputed,
    tokensInRows: report.tokensInRows,
  };
}
