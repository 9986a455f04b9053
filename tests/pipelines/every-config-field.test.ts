import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configKeys } from '../../infra/config/config-keys.ts';
import { loadConfig } from '../../infra/config/load-config.ts';
import { openEngine } from '../../pipelines/open-engine.ts';
import { createStubEngine, type StubPrompt } from '../stub-engine.ts';
import { evaluationCases } from './field-cases/evaluation-cases.ts';
import type { FieldCase } from './field-cases/field-case.ts';
import { kafkaCases } from './field-cases/kafka-cases.ts';
import { rolloutCases, samplers } from './field-cases/rollout-cases.ts';
import { servers, tinkerCases } from './field-cases/tinker-cases.ts';
import { tinyModels } from './field-cases/tiny-models.ts';
import { recordConnection } from './recorded-connection.ts';
import { recordEvaluation } from './recorded-evaluation.ts';
import { recordRollouts } from './recorded-rollouts.ts';
import { recordRun, writeSmallCorpus, type RunRecord } from './recorded-run.ts';
import { recordTinker } from './recorded-tinker.ts';
import { newDirectory } from './stub-run.ts';

const corpus = writeSmallCorpus();
const small = [
  ...['run.steps=3', 'run.checkpointEvery=2', 'run.keepCheckpoints=2', 'run.seed=3', 'optimiser.warmupSteps=1', `corpus.path=${corpus.jsonl}`, 'corpus.minTokens=16', 'corpus.maxTokens=400'],
  ...['corpus.shuffleWindow=1', 'rollouts.paragraphsPerStep=2', 'rollouts.masksPerParagraph=3', 'rollouts.predictionsPerMask=3', 'rollouts.promptTemplate=short', 'rollouts.maxPromptTokens=600'],
  ...['rollouts.maxMaskResponseTokens=40', 'rollouts.maxPredictionResponseTokens=40', 'evaluation.maxItems=4', 'evaluation.probeSamples=2'],
];
const evaluated = [`evaluation.cloze=${corpus.cloze}`, `evaluation.probe=${corpus.probe}`];
const random = ['pipeline=random-span', 'rollouts.masksPerParagraph=6'];
const manySteps = ['run.steps=12'];
const plain = ['pipeline=continue-pretraining'];

const asking = ['pipeline=post-training', 'corpus.format=questions', `corpus.path=${writeQuestions()}`, 'corpus.minTokens=1', 'rollouts.masksPerParagraph=1', 'rollouts.predictionsPerMask=6', 'verifier.kind=numeric'];

/** Right as a number now and then, and never letter by letter. */
const answerInTenths = ({ seed }: StubPrompt): string => ` \\boxed{${(1 + (seed % 20) / 10).toFixed(1)}}`;

/** Whole numbers as answers. */
function writeQuestions(): string {
  const file = join(newDirectory(), 'questions.jsonl');
  writeFileSync(file, [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `${JSON.stringify({ question: `What is invented number ${i}?`, answer: `${1 + (i % 2)}` })}\n`).join(''));
  return file;
}

/** With an engine that answers but does not compute. */
const stubCases: readonly FieldCase[] = [
  { key: 'pipeline', value: 'random-span', differs: ['samples/mask_rollouts', 'samples/masked_passages'] },
  { key: 'run.name', value: 'other', differs: ['started'] },
  { key: 'run.seed', value: '4', differs: ['samples/mask_rollouts', 'samples/prediction_rollouts'] },
  { key: 'run.steps', value: '4', differs: ['metrics/steps', 'outcome'] },
  { key: 'run.coldStartSteps', value: '1', differs: ['samples/mask_rollouts', 'samples/masked_passages'] },
  { key: 'run.checkpointEvery', value: '1', differs: ['checkpoints'] },
  { key: 'run.keepCheckpoints', value: '1', differs: ['kept'] },
  { key: 'engine.maxTokensPerMicroBatch', value: '300', differs: ['metrics/gradient_batches'] },
  { key: 'corpus.path', value: corpus.otherJsonl, differs: ['samples/paragraphs'] },
  { key: 'corpus.format', value: 'text', differs: ['samples/paragraphs'] },
  { key: 'corpus.minTokens', value: '175', differs: ['samples/paragraphs'], given: manySteps },
  { key: 'corpus.maxTokens', value: '300', differs: ['samples/paragraphs'], given: manySteps },
  { key: 'corpus.maxPageBytes', value: '1000', differs: ['dead-letters', 'samples/paragraphs'], given: manySteps },
  { key: 'corpus.nearDuplicateThreshold', value: '1', differs: ['samples/paragraphs'], given: manySteps },
  { key: 'corpus.shuffleWindow', value: '8', differs: ['samples/paragraphs'] },
  { key: 'corpus.repeat', value: 'false', differs: ['outcome'], given: ['run.steps=40'] },
  { key: 'corpus.exclude', value: corpus.exclude, differs: ['samples/paragraphs'] },
  { key: 'rollouts.paragraphsPerStep', value: '3', differs: ['samples/paragraphs'] },
  { key: 'rollouts.masksPerParagraph', value: '4', differs: ['samples/mask_rollouts'] },
  { key: 'rollouts.predictionsPerMask', value: '4', differs: ['samples/prediction_rollouts'] },
  { key: 'rollouts.promptTemplate', value: 'full', differs: ['samples/mask_rollouts'], given: ['rollouts.maxPromptTokens=3000'] },
  { key: 'rollouts.maxPromptTokens', value: '200', differs: ['dead-letters'], given: manySteps },
  { key: 'rollouts.maxMaskResponseTokens', value: '3', differs: ['samples/mask_rollouts'] },
  { key: 'rollouts.maxPredictionResponseTokens', value: '3', differs: ['samples/prediction_rollouts'] },
  { key: 'masks.regularise', value: 'one-mask', differs: ['samples/masked_passages'], given: manySteps },
  { key: 'masks.constrained', value: 'true', differs: ['samples/mask_rollouts'], given: manySteps },
  { key: 'masks.atLeast', value: '3', differs: ['samples/mask_rollouts'], given: manySteps },
  { key: 'masks.maxOccurrences', value: '2', differs: ['samples/mask_rollouts'], given: manySteps },
  { key: 'masks.spanLengthP', value: '0.9', differs: ['samples/masked_passages'], given: random },
  { key: 'masks.maxSpanWords', value: '1', differs: ['samples/masked_passages'], given: random },
  { key: 'masks.topShare', value: '1', differs: ['samples/masked_passages'], given: ['pipeline=rare-span'] },
  { key: 'masks.minContextTokens', value: '90', differs: ['samples/masked_passages'], given: ['pipeline=random-ntp'] },
  { key: 'optimiser.learningRate', value: '0.001', differs: ['metrics/steps', 'checkpoints'] },
  { key: 'optimiser.schedule', value: 'constant', differs: ['metrics/steps', 'checkpoints'] },
  { key: 'optimiser.warmupSteps', value: '2', differs: ['metrics/steps', 'checkpoints'] },
  { key: 'optimiser.gradientClip', value: '0.5', differs: ['engine', 'checkpoints'] },
  { key: 'rewards.generation', value: 'difficulty-without-zero', differs: ['samples/groups', 'engine'] },
  { key: 'rewards.recentSteps', value: '1', differs: ['samples/groups', 'engine'], given: ['rewards.generation=variety-over-steps', ...manySteps] },
  { key: 'grpo.formulation', value: 'rloo', differs: ['samples/groups', 'engine'] },
  { key: 'grpo.groupFilter', value: 'false', differs: ['samples/groups', 'metrics/steps'] },
  { key: 'grpo.clipLow', value: '0.1', differs: ['engine'] },
  { key: 'grpo.clipHigh', value: '0.2', differs: ['engine'] },
  { key: 'grpo.ratioCap', value: '3', differs: ['engine'] },
  { key: 'grpo.baseline', value: 'critic', differs: ['samples/groups', 'samples/prediction_rollouts'] },
  { key: 'grpo.criticLearningRate', value: '0.2', differs: ['engine'], given: ['grpo.baseline=critic'] },
  { key: 'grpo.maxStaleness', value: '1', differs: ['samples/mask_rollouts'] },
  { key: 'grpo.refillParagraphs', value: '2', differs: ['samples/paragraphs'], given: manySteps },
  { key: 'pretraining.copyingShare', value: '1', differs: ['engine', 'checkpoints'], given: plain },
  { key: 'pretraining.formatShare', value: '0', differs: ['engine', 'checkpoints'], given: plain },
  { key: 'pretraining.contentMaskShare', value: '0', differs: ['engine', 'checkpoints'], given: [...plain, 'pretraining.formatShare=1', ...manySteps] },
  { key: 'evaluation.cloze', value: 'null', differs: ['metrics/evaluations', 'outcome'], given: evaluated },
  { key: 'evaluation.probe', value: 'null', differs: ['metrics/evaluations', 'outcome'], given: evaluated },
  { key: 'evaluation.every', value: '1', differs: ['metrics/evaluations'], given: evaluated },
  { key: 'evaluation.maxItems', value: '2', differs: ['metrics/evaluations'], given: evaluated },
  { key: 'evaluation.clozeSamples', value: '2', differs: ['metrics/evaluations'], given: evaluated },
  { key: 'evaluation.probeSamples', value: '3', differs: ['metrics/evaluations'], given: evaluated },
  { key: 'alarms.onAlarm', value: 'stop', differs: ['outcome'], given: [...manySteps, 'alarms.imbalance=0'] },
  { key: 'alarms.window', value: '4', differs: ['metrics/steps'], given: manySteps },
  { key: 'alarms.instability', value: '0', differs: ['outcome'], given: manySteps },
  { key: 'alarms.harm', value: '0', differs: ['outcome'], given: evaluated },
  { key: 'alarms.imbalance', value: '0', differs: ['outcome'], given: manySteps },
  { key: 'alarms.barren', value: '0', differs: ['outcome'], given: manySteps },
  { key: 'verifier.kind', value: 'exact', differs: ['samples/prediction_rollouts', 'samples/groups'], given: asking },
  { key: 'verifier.tolerance', value: '0.9', differs: ['samples/prediction_rollouts'], given: asking },
  { key: 'log.rowGroupRows', value: '2', differs: ['samples/prediction_rollouts'] },
  { key: 'log.compressionLevel', value: '19', differs: ['samples/prediction_rollouts'] },
  { key: 'log.tensorboard', value: 'false', differs: ['tensorboard'] },
];

const computed = [`model.path=${tinyModels[0]!}`, 'engine.backend=wasm', 'engine.threads=1', 'optimiser.learningRate=0.01', 'run.steps=2'];
const trained = [...computed, ...plain];
const adapted = [...trained, 'engine.lora={rank: 1, alpha: 2, targets: [q_proj, down_proj]}'];
const sampled = [...computed, 'rollouts.maxMaskResponseTokens=8', 'rollouts.maxPredictionResponseTokens=8'];

/** With the engine that computes, on a tiny model. */
const engineCases: readonly FieldCase[] = [
  { key: 'model.path', value: tinyModels[1]!, differs: ['checkpoints'], given: trained },
  { key: 'engine.backend', value: 'node-gpu', differs: ['refused', 'started'], given: trained },
  { key: 'engine.threads', value: '2', differs: ['started'], given: trained },
  { key: 'engine.recomputeActivations', value: 'true', differs: ['started'], given: trained },
  { key: 'engine.maxRowsPerBatch', value: '1', differs: ['progress'], given: sampled },
  { key: 'rollouts.temperature', value: '0.5', differs: ['samples/mask_rollouts'], given: sampled },
  { key: 'engine.lora.rank', value: '2', differs: ['checkpoints'], given: adapted },
  { key: 'engine.lora.alpha', value: '4', differs: ['checkpoints'], given: adapted },
  { key: 'engine.lora.targets', value: '[q_proj]', differs: ['checkpoints'], given: adapted },
  { key: 'optimiser.beta1', value: '0.5', differs: ['checkpoints'], given: trained },
  { key: 'optimiser.beta2', value: '0.9', differs: ['checkpoints'], given: trained },
  { key: 'optimiser.epsilon', value: '0.01', differs: ['checkpoints'], given: trained },
  { key: 'optimiser.weightDecay', value: '0.5', differs: ['checkpoints'], given: trained },
];

/** Where it is run is what the transport decides; `run` is asked in tests/infra/cli/run-over-kafka.test.ts. */
const transportKey = 'transport';

test('every field of the config has its case', () => {
  const cases = [...stubCases, ...engineCases, ...kafkaCases, ...evaluationCases, ...tinkerCases, ...rolloutCases];
  assert.deepEqual([...cases.map(({ key }) => key), transportKey].sort(), [...configKeys].sort());
});

const recordOfKafka = async (settings: readonly string[]): Promise<RunRecord> => recordConnection((await loadConfig('base', { set: [...small, ...settings] })).config);
const recordOfEvaluation = async (settings: readonly string[]): Promise<RunRecord> => recordEvaluation((await loadConfig('base', { set: [...small, ...settings] })).config);
const recordOfTinker = async (settings: readonly string[]): Promise<RunRecord> => recordTinker((await loadConfig('base', { set: [...settings] })).config, servers.map(({ fake }) => fake));
const recordOfRollouts = async (settings: readonly string[]): Promise<RunRecord> => recordRollouts((await loadConfig('base', { set: [...settings] })).config, samplers);

test('the same for what a run over Kafka would be made of', async () => {
  assert.deepEqual(await recordOfKafka([]), await recordOfKafka([]));
});

const references = new Map<string, Promise<RunRecord>>();

/** The record under settings; runs that many cases compare with are made once. */
function referenceRecord(settings: readonly string[], computing: boolean): Promise<RunRecord> {
  const name = settings.join('\n');
  const known = references.get(name) ?? record(settings, computing);
  references.set(name, known);
  return known;
}

async function record(settings: readonly string[], computing: boolean): Promise<RunRecord> {
  const { config } = await loadConfig('base', { set: [...small, ...settings] });
  if (!computing) return recordRun(config, config.pipeline === 'post-training' ? { engine: createStubEngine({ respond: answerInTenths }) } : {});
  try {
    const engine = await openEngine(config, config.model.path);
    return await recordRun(config, { engine }).finally(() => engine.close());
  } catch (error) {
    return new Map([['refused', String(error)]]);
  }
}

function requireDifference({ key, value, differs, given = [] }: FieldCase, referenceOf: (settings: readonly string[]) => Promise<RunRecord>, recordOf = referenceOf): void {
  test(`${key}=${value} changes ${differs.join(' and ')}`, async () => {
    const reference = await referenceOf(given);
    assert.equal(reference.get('refused'), undefined, 'what it is compared with');
    const changed = await recordOf([...given, `${key}=${value}`]);
    for (const part of differs) assert.notEqual(changed.get(part), reference.get(part), part);
  });
}

test('two runs of one config leave the same record, so that a difference says something', async () => {
  const same = await record([], false);
  assert.deepEqual(same, await referenceRecord([], false));
  const again = await record(trained, true);
  assert.deepEqual(again, await referenceRecord(trained, true));
});

for (const fieldCase of stubCases) requireDifference(fieldCase, (settings) => referenceRecord(settings, false), (settings) => record(settings, false));
for (const fieldCase of engineCases) requireDifference(fieldCase, (settings) => referenceRecord(settings, true), (settings) => record(settings, true));
for (const fieldCase of kafkaCases) requireDifference(fieldCase, recordOfKafka);
for (const fieldCase of evaluationCases) requireDifference(fieldCase, recordOfEvaluation);
for (const fieldCase of tinkerCases) requireDifference(fieldCase, recordOfTinker);
for (const fieldCase of rolloutCases) requireDifference(fieldCase, recordOfRollouts);
