import assert from 'node:assert/strict';
import { test } from 'node:test';
import { estimateDisk, estimateMemory, estimateStep } from '../../../infra/cli/check/step-estimate.ts';
import { runProgram } from '../../../infra/cli/program.ts';
import { loadConfig } from '../../../infra/config/load-config.ts';
import type { ModelConfig } from '../../../infra/engine/model-files/model-config.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { testWorld } from './test-world.ts';

const model = ['--set', `model.path=${fixturePath('golden/llama')}`];

async function check(...args: string[]): Promise<{ code: number; out: string }> {
  const world = testWorld();
  const code = await runProgram(['check', ...args], world);
  assert.equal(world.terminal.errors(), '');
  return { code, out: world.terminal.out() };
}

test('check shows each key with where it was given, and exits 0 where all is there', async () => {
  const { code, out } = await check('quickstart', ...model, '--set', 'run.seed=5');
  assert.match(out, /\n {2}seed: 5 # --set run\.seed=5\n/);
  assert.match(out, /\n {2}name: quickstart # quickstart\.yaml, line \d+\n/);
  assert.match(out, /\n {2}beta1: 0\.9\n/, 'a default needs no word');
  assert.match(out, /Everything that it names is there\./);
  assert.equal(code, 0);
});

test('check draws the graph of the pipeline with what each edge carries', async () => {
  const { out } = await check('quickstart', ...model);
  assert.match(out, /\ngenerate-masks\n {2}│ {2}mask-groups \(mask_group@5\): A paragraph with its masks\.\n {2}│ {4}paragraph, maskRollouts, passages\n {2}▼\npredict-spans\n/);
  assert.match(out, /╰─▶ admit-paragraphs {2}credits: Leave to admit/);
  assert.match((await check('quickstart-random-span', ...model)).out, /\ndraw-spans\n/);
});

test('check says which operator, and which update, is not that of pretrain-zero', async () => {
  const difference = async (...set: string[]) => /(?:Differs|The operators)[^]*?\n\n/.exec((await check('quickstart', ...model, ...set.flatMap((each) => ['--set', each]))).out)![0];
  assert.equal(await difference(), 'Differs from pretrain-zero in\n  generate-masks: second tries none ─▶ below 4 usable masks\n  generate-masks: regularisation default ─▶ content-words\n\n');
  const papers = ['masks.regularise=default', 'masks.atLeast=0'];
  assert.equal(await difference(...papers), 'The operators and the update are those of pretrain-zero.\n\n');
  assert.equal(await difference(...papers, 'pipeline=entropy-ntp'), 'Differs from pretrain-zero in\n  generate-masks ─▶ draw-uncertain-tokens\n\n');
  assert.equal(await difference(...papers, 'run.coldStartSteps=5'), 'Differs from pretrain-zero in\n  generate-masks ─▶ draw-spans in the first 5 steps\n\n');
  assert.equal(await difference(...papers, 'pipeline=supervised-span'), 'Differs from pretrain-zero in\n  generate-masks, predict-spans, score-groups ─▶ draw-spans, wrap-passages\n  update grpo ─▶ update supervised\n\n');
  assert.equal(await difference(...papers, 'grpo.baseline=critic'), 'Differs from pretrain-zero in\n  score-groups: baseline group-mean ─▶ critic\n  score-groups: group filter on ─▶ off\n\n');
  assert.equal(
    await difference(...papers, 'pipeline=random-span', 'masks.regularise=one-mask', 'rewards.generation=progress', 'grpo.formulation=rloo', 'grpo.clipHigh=0.2'),
    'Differs from pretrain-zero in\n  generate-masks ─▶ draw-spans\n  draw-spans: regularisation default ─▶ one-mask\n  score-groups: formulation grpo ─▶ rloo\n  update: clip-higher on ─▶ off\n\n',
  );
  assert.equal(await difference(...papers, 'masks.constrained=true'), 'Differs from pretrain-zero in\n  generate-masks: sampling free ─▶ of copies of the paragraph\n\n');
  assert.equal(await difference(...papers, 'rewards.generation=progress'), 'Differs from pretrain-zero in\n  score-groups: reward of masks difficulty ─▶ progress\n\n');
  const json = JSON.parse((await check('quickstart', ...model, '--set', 'pipeline=rare-span', '--set', 'masks.regularise=default', '--json')).out) as { difference: object };
  assert.deepEqual(json.difference, { stages: { theirs: ['generate-masks'], own: ['draw-rare-spans'] }, update: null, coldStartSteps: 0, parts: [] });
});

test('check names what is missing, and exits 1', async () => {
  const { code, out } = await check('quickstart', '--set', 'model.path=/nowhere/model', '--set', 'corpus.path=/nowhere/a.xml');
  assert.equal(code, 1);
  assert.match(out, /MODEL_INVALID: .*\/nowhere\/model/);
  assert.match(out, /CORPUS_NOT_FOUND: .*\/nowhere\/a\.xml/);
});

test('check --json is one object with config, graph, counts, memory and disk', async () => {
  const { out } = await check('quickstart', ...model, '--json');
  const { config, graph, step, memory, disk, problems } = JSON.parse(out) as Record<string, Record<string, unknown>>;
  assert.equal((config?.run as { name: string }).name, 'quickstart');
  assert.equal((graph?.edges as unknown[]).length, 6);
  assert.equal(step?.predictionRollouts, 2304);
  assert.ok(Number(memory?.modelBytes) > 0 && Number(disk?.maxTotalBytes) > 0);
  assert.deepEqual(problems, []);
});

test("a step of the paper's settings is 288 prompts and 2304 rollouts", async () => {
  const { config } = await loadConfig('paper-qwen3-4b');
  const step = estimateStep(config);
  assert.deepEqual([step.prompts, step.maskRollouts + step.predictionRollouts], [288, 2304]);
  assert.equal(step.maxResponseTokens, 2304 * 4096);
  assert.equal(step.maxTokensInRows - step.maxTrainedTokens, (2304 - 288) * 1536, 'a prompt is computed once a group');
});

test('random spans need no mask rollouts, plain pretraining no rollouts at all', async () => {
  const random = estimateStep((await loadConfig('random-span')).config);
  assert.deepEqual([random.prompts, random.maskRollouts, random.predictionRollouts], [256, 0, 2048]);
  const plain = estimateStep((await loadConfig('continue-pretraining')).config);
  assert.deepEqual([plain.prompts, plain.predictionRollouts, plain.maxTrainedTokens], [0, 0, 32 * 1024]);
  const supervised = estimateStep((await loadConfig('supervised-span')).config);
  assert.deepEqual([supervised.prompts, supervised.predictionRollouts, supervised.maxTrainedTokens], [256, 0, 256 * (1536 + 1024)]);
});

test('model memory is four float32 arrays of the parameters, a checkpoint three; a frozen base is there once', async () => {
  const { config } = await loadConfig('paper-qwen3-4b');
  const shape: ModelConfig = {
    architecture: 'llama', vocabularySize: 1000, width: 64, layers: 2, heads: 4, kvHeads: 2, headDim: 16, ffnWidth: 128, rmsNormEps: 1e-5, ropeTheta: 1e4, ropeScaling: null,
    maxPositions: 512, tiedEmbeddings: true, qkNorm: false, attentionBias: false, experts: null, slidingWindow: null, fullAttentionLayers: [], noRopeLayers: [], bosToken: null, eosTokens: [],
  };
  const memory = estimateMemory(config, shape, 1_000_000, 1_000_000);
  assert.equal(memory.modelBytes, 16_000_000);
  // 512 rows of 4096 tokens and 64 prompts of 1536, each with keys and values of 1 layer x 2 heads x 16
  assert.equal(estimateMemory(config, { ...shape, layers: 1 }, 1_000_000, 1_000_000).maxCacheBytes, (512 * 4096 + 64 * 1536) * 2 * 1 * 2 * 16 * 4);
  assert.equal(estimateMemory(config, { ...shape, layers: 14, kvHeads: 8, headDim: 128 }, 1_000_000, 1_000_000).maxCacheBytes, 2 ** 30, 'more is not decoded at once');
  const oneSample = (4096 + 1536) * 2 * 94 * 8 * 128 * 4;
  assert.equal(estimateMemory(config, { ...shape, layers: 94, kvHeads: 8, headDim: 128 }, 1_000_000, 1_000_000).maxCacheBytes, oneSample, 'one sample is decoded however large it is');
  assert.equal(estimateDisk(config, estimateStep(config), 1_000_000).checkpointBytes, 12_000_000);
  assert.equal(estimateDisk(config, estimateStep(config), null).maxTotalBytes, null);
  const adapted = { ...config, engine: { ...config.engine, lora: { rank: 8, alpha: 16, targets: ['q_proj' as const] } } };
  assert.equal(estimateMemory(adapted, shape, 1_000_000, 1_000).modelBytes, 4_000_000 + 16_000);
});
