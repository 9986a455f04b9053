import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { AccumulateReport, AccumulateRequest, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { readSafetensors } from '../../../../infra/engine/model-files/read-safetensors.ts';
import { disposeForward, forward } from '../../../../infra/engine/tfjs/model/forward.ts';
import { packBatch } from '../../../../infra/engine/tfjs/model/packed-batch.ts';
import { tokenDistributions } from '../../../../infra/engine/tfjs/model/token-distributions.ts';
import type { PolicyModel } from '../../../../infra/engine/tfjs/model/policy-model.ts';
import { AdamW } from '../../../../infra/engine/tfjs/training/adamw.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { openTrainerOf, type Trainer } from './open-model.ts';

interface Figures extends Omit<AccumulateReport, 'notFinite' | 'tokensComputed' | 'tokensInRows'> {
  readonly temperature?: number;
}

interface Step {
  readonly learningRate: number;
  readonly gradientNorm: number;
  readonly updateNorm: number;
}

interface GoldenCase {
  readonly inputIds: readonly (readonly number[])[];
  readonly groups: readonly TrainingGroup[];
  readonly clipLow: number;
  readonly clipHigh: number;
  readonly grpo: Figures;
  readonly capped?: Figures & { readonly ratioCap: number; readonly temperature: number; readonly logprobs: Readonly<Record<string, readonly number[]>> };
  readonly crossEntropy?: { readonly loss: number };
  readonly steps: readonly Step[];
}

for (const name of ['llama', 'mistral', 'qwen2', 'qwen3']) {
  describe(`a tiny random ${name} agrees with transformers and TRL`, async () => {
    const folder = fixturePath('golden', name);
    const golden = JSON.parse(await readFile(join(folder, 'case.json'), 'utf8')) as GoldenCase;
    const stepTokens = golden.groups.flatMap(({ responses }) => responses).reduce((sum, { tokens }) => sum + tokens.length, 0);
    const grpo: AccumulateRequest = {
      groups: golden.groups,
      stepTokens,
      loss: { kind: 'grpo', clipLow: golden.clipLow, clipHigh: golden.clipHigh, ratioCap: Infinity, temperature: 1 },
    };

    test('logits to 1e-4', async () => {
      const trainer = await openTrainerOf(folder);
      const expected = (await readSafetensors(join(folder, 'logits.safetensors'))).tensors.get('logits')!;
      golden.inputIds.forEach((ids, row) => {
        const logits = logitsOf(trainer.model, ids);
        const from = row * logits.length;
        assertClose(logits, expected.data.subarray(from, from + logits.length), 1e-4, `row ${row}`);
      });
    });

    test('figures and gradients of the GRPO loss', async () => {
      const trainer = await openTrainerOf(folder);
      const report = await trainer.accumulate(grpo);
      assertFigures(report, golden.grpo);
      await assertGradients(trainer, join(folder, 'grpo-gradients.safetensors'));
    });

    test('one clipped AdamW step', async () => {
      const trainer = await openTrainerOf(folder);
      await trainer.accumulate(grpo);
      const [step] = golden.steps;
      assert.ok(step);
      const norms = optimiser().step(trainer.model.weights.tensors, trainer.store.collect(), { learningRate: step.learningRate, gradientClip: 1 });
      assertNear(norms.gradientNorm, step.gradientNorm, 1e-4);
      assertNear(norms.updateNorm, step.updateNorm, 1e-4);
      const expected = (await readSafetensors(join(folder, 'after-step.safetensors'))).tensors;
      for (const [weight, { data }] of trainer.model.weights.tensors) assertClose(data, expected.get(weight)!.data, 1e-5, weight);
    });
  });
}

function logitsOf({ weights, rope }: PolicyModel, ids: readonly number[]): Float32Array {
  const batch = packBatch([{ promptTokens: ids.slice(0, 1), responses: [[...ids.slice(1), 0]] }]);
  const result = forward(weights, batch, rope, { keepActivations: false });
  const hidden = result.output.values.dataSync<'float32'>();
  disposeForward(result);
  return tokenDistributions(weights.head, hidden, 1).logits;
}

function assertFigures(actual: AccumulateReport, expected: Figures): void {
  for (const key of ['responseTokens', 'clippedLowTokens', 'clippedHighTokens', 'cappedTokens'] as const) assert.equal(actual[key], expected[key], key);
  for (const key of ['loss', 'ratioSum', 'entropySum', 'logprobDriftSum', 'logprobDriftMax'] as const) assertNear(actual[key], expected[key], 1e-4);
}

async function assertGradients({ store }: Trainer, file: string): Promise<void> {
  const expected = (await readSafetensors(file)).tensors;
  const gradients = store.collect();
  for (const [weight, { data }] of expected) assertClose(gradients.get(weight)!, data, 1e-5, weight);
}

function optimiser(): AdamW {
  return new AdamW({ beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 });
}

/** Within `tolerance` of the largest value. */
function assertClose(actual: Float32Array, expected: Float32Array, tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  let worst = 0;
  actual.forEach((value, i) => (worst = Math.max(worst, Number.isNaN(value) ? Infinity : Math.abs(value - expected[i]!))));
  assert.ok(worst <= tolerance * Math.max(scale, 1), `${what}: off by ${worst} of ${scale}`);
}

function assertNear(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}
