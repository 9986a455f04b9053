/** A real tiny model behind the fake server: the in-process engine, its losses reduced as a backend of the server reduces them. */
import type { AdapterTarget } from '../../../../../infra/engine/model-files/adapter/adapter-config.ts';
import { adapterTargets } from '../../../../../infra/engine/model-files/adapter/adapter-config.ts';
import { TfjsEngine } from '../../../../../infra/engine/tfjs/tfjs-engine.ts';
import type { AccumulateRequest, TrainingGroup } from '../../../../../operators/ports/engine.ts';
import { optionsFor } from '../../tfjs/temporary-model.ts';
import type { ReadDatum, ReadPass } from './decode-model-pass.ts';
import type { OpenFakeModel } from './fake-compute.ts';

export type Reduction = 'mean over sequences' | 'sum';

export const serverAlpha = 32;
export const serverTargets: readonly AdapterTarget[] = adapterTargets;

export function tfjsModels(modelDirectory: string, reduction: Reduction): OpenFakeModel {
  return async ({ rank, seed }) => {
    const lora = rank === 0 ? null : { rank, seed, alpha: serverAlpha, targets: serverTargets };
    const engine = await TfjsEngine.open(optionsFor(modelDirectory, { lora }));
    return {
      async sample({ promptTokens, seeds, maxTokens, stopTokens, temperature }) {
        const { samples } = await engine.generate({ groups: [{ promptTokens, seeds }], maxNewTokens: maxTokens, stopTokens, temperature });
        return samples[0]!;
      },
      async logprobs({ data }) {
        const scored = await engine.score(data.map(({ inputTokens, targetTokens }) => ({ promptTokens: inputTokens.slice(0, 1), responses: [{ id: '', tokens: targetTokens, logprobs: [], advantage: 0 }] })));
        return scored.map(([own]) => own!);
      },
      async step(pending, learningRate) {
        const all = pending.reduce((sum, { data }) => sum + data.length, 0);
        for (const pass of pending) {
          const groups = pass.data.flatMap((datum) => toGroup(datum, pass, reduction === 'sum' ? 1 : 1 / (all * sum(datum.weights))));
          await engine.accumulate({ groups, loss: lossOf(pass), stepTokens: 1 });
        }
        return (await engine.step({ learningRate, gradientClip: 1e30 })).gradientNorm!;
      },
      save: (directory) => engine.save(directory, { optimizer: true }),
      load: (directory) => engine.load(directory),
      close: () => engine.close(),
    };
  };
}

function lossOf({ loss, lossSettings }: ReadPass): AccumulateRequest['loss'] {
  const low = lossSettings.get('clip_low_threshold') ?? 0.8;
  const high = lossSettings.get('clip_high_threshold') ?? 1.2;
  if (loss === 'ppo') return { kind: 'grpo', clipLow: 1 - low, clipHigh: high - 1, ratioCap: Number.MAX_VALUE, temperature: 1 };
  if (loss === 'cross_entropy' || (loss === 'cispo' && low === 1 && high === 1)) return { kind: 'cross-entropy' };
  throw new RangeError(`the fake server has no loss ${loss} with ${low} and ${high}`);
}

/** The response is what has a weight. */
function toGroup({ inputTokens, targetTokens, logprobs, advantages, weights }: ReadDatum, { loss }: ReadPass, scale: number): TrainingGroup[] {
  const first = weights.findIndex((weight) => weight !== 0);
  if (first < 0) return [];
  const advantage = (loss === 'cross_entropy' ? weights[first]! : advantages[first]!) * scale;
  return [{ promptTokens: inputTokens.slice(0, first + 1), responses: [{ id: '', tokens: targetTokens.slice(first), logprobs: logprobs.slice(first), advantage }] }];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
