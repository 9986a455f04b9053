/**
 * A whole PretrainZero step by our engine: masks are sampled, then predictions, all are rewarded, and one optimiser step is taken. The second prompts do not
 * depend on the first samples, so that all contenders have the same ones; the order of the calls is that of a real step.
 */
import type { Engine, SamplingGroup, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { planMicroBatches } from '../../../../operators/training/plan-micro-batches.ts';
import { serveRounds } from '../serve-rounds.ts';
import { learningRate, openEngine } from './open-engine.ts';

/** As `base.yaml` has it. */
const microBatchPositions = 8192;
const grpo = { kind: 'grpo', clipLow: 0.2, clipHigh: 0.28, ratioCap: 2, temperature: 1 } as const;

await serveRounds('step', async (job) => {
  const engine = await openEngine(job);
  const { maskPrompts, predictionPrompts, samplesPerPrompt, newTokens } = job.work.workload;
  let seed = 0;
  const sample = async (prompts: readonly (readonly number[])[]): Promise<TrainingGroup[]> => {
    const groups = prompts.map((promptTokens) => ({ promptTokens, seeds: Array.from({ length: samplesPerPrompt }, () => seed++) }));
    return rewarded(groups, await engine.generate({ groups, maxNewTokens: newTokens, temperature: 1, stopTokens: [] }));
  };
  return async () => {
    const started = performance.now();
    const masks = await sample(maskPrompts);
    const predictions = await sample(predictionPrompts);
    const sampled = performance.now();
    const reports = await train(engine, planMicroBatches(byParagraph(masks, predictions), microBatchPositions));
    const tokens = (of: 'tokensComputed' | 'tokensInRows'): number => reports.reduce((sum, report) => sum + report[of], 0);
    return {
      samplingSeconds: (sampled - started) / 1000,
      trainingSeconds: (performance.now() - sampled) / 1000,
      rollouts: [...masks, ...predictions].reduce((sum, { responses }) => sum + responses.length, 0),
      tokensComputed: tokens('tokensComputed'),
      tokensInRows: tokens('tokensInRows'),
    };
  };
});

/** Group-normalised rewards; the reward is a function of the tokens that differs from sample to sample. */
function rewarded(groups: readonly SamplingGroup[], { samples }: Awaited<ReturnType<Engine['generate']>>): TrainingGroup[] {
  return groups.map(({ promptTokens }, g) => {
    const rewards = samples[g]!.map(({ tokens }) => tokens.reduce((sum, token) => sum + token, 0) % 7);
    const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
    const deviation = Math.sqrt(rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length);
    const advantage = (i: number): number => (rewards[i]! - mean) / (deviation + 1e-4);
    return { promptTokens, responses: samples[g]!.map(({ tokens, logprobs }, i) => ({ id: `${g}/${i}`, tokens, logprobs, advantage: advantage(i) })) };
  });
}

/** A paragraph's groups one after the other, as a run trains on them. */
function byParagraph(masks: readonly TrainingGroup[], predictions: readonly TrainingGroup[]): TrainingGroup[] {
  const perMask = predictions.length / masks.length;
  return masks.flatMap((mask, paragraph) => [mask, ...predictions.slice(paragraph * perMask, (paragraph + 1) * perMask)]);
}

async function train(engine: Engine, microBatches: readonly (readonly TrainingGroup[])[]): Promise<Awaited<ReturnType<Engine['accumulate']>>[]> {
  const stepTokens = microBatches.flat().flatMap(({ responses }) => responses).reduce((sum, { tokens }) => sum + tokens.length, 0);
  const reports = [];
  for (const groups of microBatches) reports.push(await engine.accumulate({ groups, loss: grpo, stepTokens }));
  await engine.step({ learningRate, gradientClip: 1 });
  return reports;
}
