/** The losses of dr-grpo and rloo against TRL's trainers (tests/fixtures/make-golden-objectives.py), on the model of golden/llama. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readSafetensors } from '../../../infra/engine/model-files/read-safetensors.ts';
import { TfjsEngine } from '../../../infra/engine/tfjs/tfjs-engine.ts';
import { lossDenominator } from '../../../operators/training/loss-denominator.ts';
import type { Engine, TrainingGroup } from '../../../operators/ports/engine.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { baseConfig } from '../../base-config.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { goldenObjectives, type GradientDigest } from '../../operators/rewards/golden-objectives.ts';
import { scoredStep } from '../../operators/rewards/scored-step.ts';
import { readGoldenCase } from './golden-case.ts';
import { testedBackend } from './tested-backend.ts';

const beta1 = 0.9;
const { tokenLimit, losses } = goldenObjectives;
const golden = await readGoldenCase('llama');
let scratch = '';
before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'golden-objectives-'));
});
after(() => rm(scratch, { recursive: true }));

function denominatorOf(formulation: Config['grpo']['formulation']): number {
  const config = baseConfig({ grpo: { formulation }, rollouts: { maxPredictionResponseTokens: tokenLimit } });
  const groups = golden.groups.map(({ responses }) => ({ role: 'predict' as const, rewards: responses.map((_, i) => i), lengths: responses.map(({ tokens }) => tokens.length) }));
  return lossDenominator(scoredStep(groups, config), config);
}

async function lossAndGradients(groups: readonly TrainingGroup[], stepTokens: number): Promise<{ readonly loss: number; readonly gradients: GradientDigest }> {
  const optimiser = { beta1, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };
  const options = { modelDirectory: fixturePath('golden', 'llama'), backend: testedBackend(), threads: 1, maxRowsPerBatch: 64, recomputeActivations: false, optimiser };
  const engine: Engine = await TfjsEngine.open(options);
  try {
    const { clipLow, clipHigh } = golden;
    const { loss } = await engine.accumulate({ groups, stepTokens, loss: { kind: 'grpo', clipLow, clipHigh, ratioCap: Infinity, temperature: 1 } });
    await engine.step({ learningRate: 0, gradientClip: Infinity }); // moves nothing; its first moments are (1 - beta1) g
    await engine.save(scratch, { optimizer: true });
    const { tensors } = await readSafetensors(join(scratch, 'optimizer.safetensors'));
    const gradients = [...tensors].filter(([name]) => name.startsWith('m.')).map(([name, { data }]) => [name.slice(2), digestOf(Float64Array.from(data, (moment) => moment / (1 - beta1)))] as const);
    return { loss, gradients: Object.fromEntries(gradients) };
  } finally {
    await engine.close();
  }
}

function digestOf(gradient: Float64Array): GradientDigest[string] {
  return { norm: Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)), projection: gradient.reduce((sum, g, i) => sum + g * Math.sin(i + 1), 0) };
}

function assertGradients(actual: GradientDigest, expected: GradientDigest): void {
  assert.deepEqual(new Set(Object.keys(actual)), new Set(Object.keys(expected)));
  for (const [name, { norm, projection }] of Object.entries(expected)) {
    assert.ok(Math.abs(actual[name]!.norm - norm) <= 1e-4 * norm, `norm of the gradient of ${name}: ${actual[name]!.norm}, not ${norm}`);
    assert.ok(Math.abs(actual[name]!.projection - projection) <= 1e-4 * norm, `projection of the gradient of ${name}: ${actual[name]!.projection}, not ${projection}`);
  }
}

test('dr-grpo divides by responses and their limit, off-policy with both clips acting', async () => {
  const { loss, gradients } = await lossAndGradients(golden.groups, denominatorOf('dr-grpo'));
  assert.ok(Math.abs(loss - losses['dr-grpo'].loss) < 1e-6, `${loss}`);
  assertGradients(gradients, losses['dr-grpo'].gradients);
});

test('rloo takes the log-probability of whole responses: on-policy the gradient is that of TRL’s ratio of sequences', async () => {
  let row = 0;
  const onPolicy = golden.groups.map(({ promptTokens, responses }) => ({ promptTokens, responses: responses.map((response) => ({ ...response, logprobs: losses.rloo.logprobs[row++]! })) }));
  assertGradients((await lossAndGradients(onPolicy, denominatorOf('rloo'))).gradients, losses.rloo.gradients);
});
