import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { rootCertificates } from 'node:tls';
import { configKeys } from '../../infra/config/config-keys.ts';
import { loadConfig } from '../../infra/config/load-config.ts';
import { initialiseModel } from '../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../infra/engine/model-files/write-model-folder.ts';
import { openEngine } from '../../pipelines/open-engine.ts';
import { createStubEngine, type StubPrompt } from '../stub-engine.ts';
import { stubVocabularySize } from '../stub-tokenizer.ts';
import { TfjsEngine } from '../../infra/engine/tfjs/tfjs-engine.ts';
import { FakeCompletionsServer } from '../infra/engine/openai-rollouts/fake-server.ts';
import { optionsFor } from '../infra/engine/tfjs/temporary-model.ts';
import { stubServer } from '../infra/engine/tinker/fake/stub-server.ts';
import { recordConnection } from './recorded-connection.ts';
import { recordEvaluation } from './recorded-evaluation.ts';
import { recordRollouts } from './recorded-rollouts.ts';
import { recordRun, writeSmallCorpus, type RunRecord } from './recorded-run.ts';
import { fixturePath } from '../fixtures/fixture-path.ts';
import { recordTinker } from './recorded-tinker.ts';
import { newDirectory } from './stub-run.ts';

/** A field, another value of it, and the parts of a run's record that must differ for it. `given`: settings under which it matters. */
interface FieldCase {
  readonly key: string;
  readonly value: string;
  readonly differs: readonly string[];
  readonly given?: readonly string[];
}

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

const gsm8k = ['benchmark.name=gsm8k', `benchmark.path=${fixturePath('benchmarks', 'gsm8k.jsonl')}`];
const shown = [...gsm8k, `benchmark.examples=${fixturePath('benchmarks', 'gsm8k.jsonl')}`, 'benchmark.shots=1', 'rollouts.maxPromptTokens=2000'];

/** Of an evaluation. */
const evaluationCases: readonly FieldCase[] = [
  { key: 'benchmark.name', value: 'minerva', differs: ['evaluation'], given: gsm8k },
  { key: 'benchmark.path', value: fixturePath('benchmarks', 'minerva.jsonl'), differs: ['evaluation'], given: ['benchmark.name=minerva', `benchmark.path=${fixturePath('benchmarks', 'aime24.jsonl')}`] },
  { key: 'benchmark.examples', value: 'null', differs: ['refused'], given: shown },
  { key: 'benchmark.shots', value: '0', differs: ['refused'], given: shown },
  { key: 'benchmark.maxItems', value: '1', differs: ['evaluation'], given: gsm8k },
  { key: 'benchmark.samples', value: '3', differs: ['evaluation'], given: gsm8k },
];

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
  { key: 'verifier.kind', value: 'exact', differs: ['samples/prediction_rollouts', 'samples/groups'], given: asking },
  { key: 'verifier.tolerance', value: '0.9', differs: ['samples/prediction_rollouts'], given: asking },
  { key: 'log.rowGroupRows', value: '2', differs: ['samples/prediction_rollouts'] },
  { key: 'log.compressionLevel', value: '19', differs: ['samples/prediction_rollouts'] },
  { key: 'log.tensorboard', value: 'false', differs: ['tensorboard'] },
];

const modelConfig: ModelConfig = {
  ...{ architecture: 'llama', vocabularySize: stubVocabularySize, width: 16, layers: 1, heads: 2, kvHeads: 1, headDim: 8, ffnWidth: 24, rmsNormEps: 1e-5, ropeTheta: 10_000, ropeScaling: null },
  ...{ maxPositions: 2048, tiedEmbeddings: true, qkNorm: false, attentionBias: false, experts: null, slidingWindow: null, fullAttentionLayers: [], noRopeLayers: [], bosToken: null, eosTokens: [2] },
};
const models = await Promise.all([1, 2].map(writeModel));
const computed = [`model.path=${models[0]!}`, 'engine.backend=wasm', 'engine.threads=1', 'optimiser.learningRate=0.01', 'run.steps=2'];
const trained = [...computed, ...plain];
const adapted = [...trained, 'engine.lora={rank: 1, alpha: 2, targets: [q_proj, down_proj]}'];
const sampled = [...computed, 'rollouts.maxMaskResponseTokens=8', 'rollouts.maxPredictionResponseTokens=8'];

/** With the engine that computes, on a tiny model. */
const engineCases: readonly FieldCase[] = [
  { key: 'model.path', value: models[1]!, differs: ['checkpoints'], given: trained },
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

async function writeModel(seed: number): Promise<string> {
  const folder = newDirectory();
  await writeModelFolder(folder, { config: modelConfig, weights: initialiseModel(modelConfig, seed) });
  return folder;
}
after(() => models.forEach((folder) => rmSync(folder, { recursive: true })));

const [ca = '', otherCa = ''] = rootCertificates.slice(0, 2).map(writeCertificate);
const secured = [`kafka.tls={ca: ${ca}, certificate: null, key: null}`];

/** Of a run over Kafka, without a broker: what its topics, connection and messages would be. */
const kafkaCases: readonly FieldCase[] = [
  { key: 'kafka.brokers', value: '[10.0.0.5:9092]', differs: ['client'] },
  { key: 'kafka.topicPrefix', value: 'other', differs: ['topics'] },
  { key: 'kafka.partitions', value: '3', differs: ['topics'] },
  { key: 'kafka.replicationFactor', value: '3', differs: ['topics'] },
  { key: 'kafka.retentionHours', value: '2', differs: ['topics'] },
  { key: 'kafka.maxMessageBytes', value: '20000', differs: ['topics', 'messages'] },
  { key: 'kafka.compressionLevel', value: '19', differs: ['messages'] },
  { key: 'kafka.sessionTimeoutMs', value: '20000', differs: ['client'] },
  { key: 'kafka.weights', value: join(newDirectory(), 'shared'), differs: ['weights'] },
  { key: 'kafka.tls.ca', value: otherCa, differs: ['tls'], given: secured },
  { key: 'kafka.tls.certificate', value: ca, differs: ['refused'], given: secured },
  { key: 'kafka.tls.key', value: ca, differs: ['refused'], given: secured },
  { key: 'kafka.sasl', value: '{mechanism: plain, username: worker, password: {env: KAFKA_PASSWORD}}', differs: ['sasl'] },
];

const servers = [await stubServer(), await stubServer()] as const;
after(() => Promise.all(servers.map(({ fake }) => fake.stop())));
process.env.PRETRAINZERO_TEST_KEY = 'key';
const remote = [
  ...[`model.path=${models[0]!}`, 'optimiser.gradientClip=1.0e9', 'engine.lora={rank: 2, alpha: 32, targets: [q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]}'],
  `engine.tinker={url: "${servers[0].fake.url}", backend: jax, model: tiny-model, apiKey: null}`,
];

/** With the model on a server. */
const tinkerCases: readonly FieldCase[] = [
  { key: 'engine.tinker.url', value: servers[1].fake.url, differs: ['started'], given: remote },
  { key: 'engine.tinker.backend', value: 'fsdp', differs: ['started'], given: remote },
  { key: 'engine.tinker.model', value: 'another', differs: ['refused'], given: remote },
  { key: 'engine.tinker.apiKey', value: '{env: PRETRAINZERO_TEST_KEY}', differs: ['asked'], given: remote },
];

const startSampler = (): Promise<FakeCompletionsServer> =>
  FakeCompletionsServer.start({ server: 'vllm', endTokens: [], open: () => TfjsEngine.open(optionsFor(models[0]!, { lora: { rank: 2, alpha: 4, targets: ['q_proj', 'down_proj'], seed: 1 } })) });
const samplers = [await startSampler(), await startSampler()] as const;
after(() => Promise.all(samplers.map((sampler) => sampler.stop())));
const versionFolders = [newDirectory(), newDirectory()];
const servedRollouts = [
  ...[`model.path=${models[0]!}`, 'engine.backend=wasm', 'engine.threads=1', 'engine.lora={rank: 2, alpha: 4, targets: [q_proj, down_proj]}'],
  `engine.rollouts={url: "${samplers[0].url}", server: vllm, model: base, folder: "${versionFolders[0]!}", apiKey: null}`,
];

/** With a server that samples. */
const rolloutCases: readonly FieldCase[] = [
  { key: 'engine.rollouts.url', value: samplers[1].url, differs: ['started'], given: servedRollouts },
  { key: 'engine.rollouts.server', value: 'sglang', differs: ['refused'], given: servedRollouts },
  { key: 'engine.rollouts.model', value: 'another', differs: ['refused'], given: servedRollouts },
  { key: 'engine.rollouts.folder', value: versionFolders[1]!, differs: ['asked'], given: servedRollouts },
  { key: 'engine.rollouts.apiKey', value: '{env: PRETRAINZERO_TEST_KEY}', differs: ['asked'], given: servedRollouts },
];

/** A certificate that comes with Node, in a file. */
function writeCertificate(text: string): string {
  const file = join(newDirectory(), 'authority.pem');
  writeFileSync(file, text);
  return file;
}

/** Where it is run is what the transport decides; `run` is asked in tests/infra/cli/run-over-kafka.test.ts. */
const transportKey = 'transport';

test('every field of the config has its case below', () => {
  assert.deepEqual([...stubCases.map(({ key }) => key), ...engineCases.map(({ key }) => key), ...kafkaCases.map(({ key }) => key), ...evaluationCases.map(({ key }) => key), ...tinkerCases.map(({ key }) => key), ...rolloutCases.map(({ key }) => key), transportKey].sort(), [...configKeys].sort());
});

test('the same for what a run over Kafka would be made of', async () => {
  assert.deepEqual(await connectionOf([]), await connectionOf([]));
});

async function connectionOf(settings: readonly string[]): Promise<RunRecord> {
  return recordConnection((await loadConfig('base', { set: [...small, ...settings] })).config);
}

for (const { key, value, differs, given = [] } of kafkaCases) {
  test(`${key}=${value} changes ${differs.join(' and ')}`, async () => {
    const reference = await connectionOf(given);
    assert.equal(reference.get('refused'), undefined, 'what it is compared with');
    const changed = await connectionOf([...given, `${key}=${value}`]);
    for (const part of differs) assert.notEqual(changed.get(part), reference.get(part), part);
  });
}

for (const { key, value, differs, given = [] } of evaluationCases) {
  test(`${key}=${value} changes ${differs.join(' and ')}`, async () => {
    const recordOf = async (settings: readonly string[]): Promise<RunRecord> => recordEvaluation((await loadConfig('base', { set: [...small, ...settings] })).config);
    const reference = await recordOf(given);
    assert.equal(reference.get('refused'), undefined, 'what it is compared with');
    const changed = await recordOf([...given, `${key}=${value}`]);
    for (const part of differs) assert.notEqual(changed.get(part), reference.get(part), part);
  });
}

for (const { key, value, differs, given = [] } of [...tinkerCases, ...rolloutCases]) {
  test(`${key}=${value} changes ${differs.join(' and ')}`, async () => {
    const recordOf = async (settings: readonly string[]): Promise<RunRecord> => {
      const { config } = await loadConfig('base', { set: [...settings] });
      return config.engine.tinker === null ? recordRollouts(config, samplers) : recordTinker(config, servers.map(({ fake }) => fake));
    };
    const reference = await recordOf(given);
    assert.equal(reference.get('refused'), undefined, 'what it is compared with');
    const changed = await recordOf([...given, `${key}=${value}`]);
    for (const part of differs) assert.notEqual(changed.get(part), reference.get(part), part);
  });
}

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

function requireDifference({ key, value, differs, given = [] }: FieldCase, computing: boolean): void {
  test(`${key}=${value} changes ${differs.join(' and ')}`, async () => {
    const reference = await referenceRecord(given, computing);
    assert.equal(reference.get('refused'), undefined, 'the run that it is compared with');
    const changed = await record([...given, `${key}=${value}`], computing);
    for (const part of differs) assert.notEqual(changed.get(part), reference.get(part), part);
  });
}

test('two runs of one config leave the same record, so that a difference says something', async () => {
  const same = await record([], false);
  assert.deepEqual(same, await referenceRecord([], false));
  const again = await record(trained, true);
  assert.deepEqual(again, await referenceRecord(trained, true));
});

for (const fieldCase of stubCases) requireDifference(fieldCase, false);
for (const fieldCase of engineCases) requireDifference(fieldCase, true);
