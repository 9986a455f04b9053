import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { bundledConfigFile } from '../../../infra/config/config-paths.ts';
import { loadConfig, type LoadedConfig } from '../../../infra/config/load-config.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { readFileSync } from 'node:fs';

/** Loads `/configs/own.yaml` from files in memory, beside the bundled ones. */
function load(files: Record<string, string>, set: string[] = []): Promise<LoadedConfig> {
  const readFile = (path: string): Promise<string> => {
    const name = /^\/configs\/(.*)$/.exec(path)?.[1];
    const text = name === undefined ? readFileSync(path, 'utf8') : files[name];
    return text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(text);
  };
  return loadConfig('own.yaml', { folder: '/configs', set, readFile });
}

async function refusal(loading: Promise<unknown>): Promise<PretrainZeroError> {
  const error = await loading.then(() => null, (reason: unknown) => reason);
  assert.ok(error instanceof PretrainZeroError, `refused with a PretrainZeroError, not ${String(error)}`);
  return error;
}

test('an empty file is the base config', async () => {
  const { config } = await load({ 'own.yaml': '' });
  assert.deepEqual(config, parse(readFileSync(bundledConfigFile('base'), 'utf8')));
});

test('sections merge key by key over what is extended, values and lists replace', async () => {
  const { config, files } = await load({
    'own.yaml': 'extends: ./middle.yaml\nrun: {steps: 30}\ncorpus: {path: [c.jsonl]}\n',
    'middle.yaml': 'extends: quickstart\nrun: {steps: 20, seed: 9}\ncorpus: {path: [a.jsonl, b.jsonl]}\n',
  });
  assert.deepEqual([config.run.steps, config.run.seed, config.run.name], [30, 9, 'quickstart']);
  assert.deepEqual(config.corpus.path, ['c.jsonl']);
  assert.deepEqual(files, ['/configs/own.yaml', '/configs/middle.yaml', bundledConfigFile('quickstart'), bundledConfigFile('base')]);
});

test('settings of the command line come last, in order, and are YAML', async () => {
  const { config } = await load({ 'own.yaml': 'run: {steps: 30}' }, ['run.steps=40', 'run.steps=50', 'corpus.path=[a.jsonl, "b c.jsonl"]', 'corpus.exclude=null', 'run.name=1-2_x.y']);
  assert.equal(config.run.steps, 50);
  assert.deepEqual(config.corpus.path, ['a.jsonl', 'b c.jsonl']);
  assert.equal(config.corpus.exclude, null);
});

test('each key knows where it was given', async () => {
  const { sources } = await load({ 'own.yaml': '# a comment\nrun:\n  steps: 30\n' }, ['run.seed=3']);
  assert.deepEqual(sources.get('run.steps'), { file: '/configs/own.yaml', line: 3 });
  assert.deepEqual(sources.get('run.seed'), { file: '--set run.seed=3', line: null });
  assert.equal(sources.get('run.name')?.file, bundledConfigFile('base'));
});

test('the text holds every key, and loads as the same config', async () => {
  const { config, text } = await load({ 'own.yaml': 'extends: paper-qwen3-4b' });
  const again = await load({ 'own.yaml': text });
  assert.deepEqual(again.config, config);
  assert.equal(again.text, text);
});

test('an unknown key is refused with the nearest known one, its file and line', async () => {
  const error = await refusal(load({ 'own.yaml': 'run:\n  steps: 3\ncorpus:\n  max_token: 5\n' }));
  assert.equal(error.code, 'CONFIG_UNKNOWN_KEY');
  assert.equal(error.message, 'there is no key corpus.max_token; did you mean corpus.maxTokens? (/configs/own.yaml, line 4)');
  assert.deepEqual(error.place, { file: '/configs/own.yaml', line: 4 });
});

test('a section that is null by default is given as a whole, and its keys one by one after that', async () => {
  const { config } = await load({ 'own.yaml': 'engine: {lora: {rank: 8, alpha: 16, targets: [q_proj]}}' }, ['engine.lora.rank=4']);
  assert.deepEqual(config.engine.lora, { rank: 4, alpha: 16, targets: ['q_proj'] });
  assert.match((await refusal(load({ 'own.yaml': 'engine: {lora: {rnk: 8}}' }))).message, /no key engine\.lora\.rnk; did you mean engine\.lora\.rank\?/);
});

test('a known key in the wrong place is sent to its section', async () => {
  const error = await refusal(load({ 'own.yaml': 'temperature: 2\n' }));
  assert.match(error.message, /no key temperature; did you mean rollouts\.temperature\?/);
});

test('an unknown key of --set is refused, and named as the setting that it was', async () => {
  const error = await refusal(load({ 'own.yaml': '' }, ['corpus.pth=a.jsonl']));
  assert.equal(error.code, 'CONFIG_UNKNOWN_KEY');
  assert.match(error.message, /did you mean corpus\.path\? \(--set corpus\.pth=a\.jsonl\)/);
});

const wrongValues: readonly (readonly [yaml: string, says: RegExp])[] = [
  ['run: {steps: 0}', /run\.steps is 0; it must be a whole number of at least 1 \(\/configs\/own\.yaml, line 1\)/],
  ['run: {seed: 1.5}', /run\.seed is 1\.5; it must be a whole number from 0 to 4294967295/],
  ['optimiser: {learningRate: fast}', /optimiser\.learningRate is "fast"; it must be a number above 0/],
  ['optimiser: {learningRate: .inf}', /optimiser\.learningRate is Infinity; it must be a number above 0/],
  ['masks: {regularise: two-masks}', /must be one of default, one-mask, whole-words, content-words/],
  ['corpus: {repeat: 1}', /corpus\.repeat is 1; it must be true or false/],
  ['corpus: {path: [a, 5]}', /corpus\.path is \["a",5\]; it must be text that is not empty, or a list/],
  ['corpus: {exclude: 5}', /corpus\.exclude is 5; it must be text, or null/],
  ['run: {name: a/b}', /run\.name is "a\/b"; it must be text that matches/],
  ['masks: null', /masks is null; it must be a section with the keys regularise, constrained, atLeast, maxOccurrences/],
  ['run: {steps: 99999999999999999999}', /run\.steps/],
  ['engine: {lora: 8}', /engine\.lora is 8; it must be a section with the keys rank, alpha, targets, or null/],
  ['engine: {lora: {rank: 8, targets: [q_proj]}}', /engine\.lora\.alpha is missing; it must be a number above 0/],
  ['engine: {lora: {rank: 8, alpha: 16, targets: [lm_head]}}', /engine\.lora\.targets is \["lm_head"\]; it must be a list, each one of q_proj, k_proj/],
];
for (const [yaml, says] of wrongValues) {
  test(`${yaml} is refused with what is allowed`, async () => {
    const error = await refusal(load({ 'own.yaml': yaml }));
    assert.equal(error.code, 'CONFIG_INVALID');
    assert.match(error.message, says);
  });
}

const brokenRelations: readonly (readonly [yaml: string, says: RegExp])[] = [
  ['corpus: {minTokens: 200, maxTokens: 100}', /corpus\.maxTokens is 100, below corpus\.minTokens \(200\)/],
  ['rollouts: {maxPromptTokens: 64}', /rollouts\.maxPromptTokens is 64, but the shortest paragraph has 64 tokens/],
  ['run: {steps: 10}', /optimiser\.warmupSteps is 10, not below run\.steps \(10\)/],
  ['optimiser: {beta2: 1}', /beta1 and beta2 must be below 1/],
  ['{pipeline: supervised-span, grpo: {baseline: critic}}', /grpo\.baseline is critic, but supervised-span has no rewards to foretell/],
  ['grpo: {baseline: critic, formulation: rloo}', /what sets rloo apart is the baseline that it would replace: take grpo, dr-grpo or reinforce\+\+ for grpo\.formulation/],
  ['{pipeline: random-span, run: {coldStartSteps: 3}}', /coldStartSteps is 3, but random-span learns no masks/],
  ['run: {steps: 50, coldStartSteps: 50}', /coldStartSteps is 50, not below run\.steps \(50\)/],
  ['{pipeline: entropy-ntp, masks: {minContextTokens: 1024}}', /minContextTokens is 1024, not below corpus\.maxTokens \(1024\)/],
  ['rollouts: {masksPerParagraph: 4}\nmasks: {atLeast: 5}', /masks\.atLeast is 5, more than rollouts\.masksPerParagraph \(4\)/],
  ['rollouts: {masksPerParagraph: 1}', /masksPerParagraph is 1; a GRPO group needs 2/],
  ['rollouts: {predictionsPerMask: 1}', /predictionsPerMask is 1; a GRPO group needs 2/],
  ['evaluation: {every: 5}', /nothing to evaluate/],
  ['engine: {lora: {rank: 8, alpha: 16, targets: [q_proj, q_proj]}}', /engine\.lora\.targets names a layer twice/],
  ['grpo: {ratioCap: 1.2}', /ratioCap is 1\.2, below 1 \+ grpo\.clipHigh \(1\.28\)/],
];
for (const [yaml, says] of brokenRelations) {
  test(`${yaml} does not fit the other keys, and is refused`, async () => {
    const error = await refusal(load({ 'own.yaml': yaml }));
    assert.equal(error.code, 'CONFIG_INVALID');
    assert.match(error.message, says);
  });
}

test('of two keys that do not fit each other, the one given last is named', async () => {
  const files = { 'own.yaml': 'extends: b.yaml\nrun:\n  steps: 9\n', 'b.yaml': 'optimiser:\n  warmupSteps: 9\n' };
  assert.match((await refusal(load(files))).message, /\(\/configs\/own\.yaml, line 3\)$/);
  assert.match((await refusal(load(files, ['run.steps=5']))).message, /\(--set run\.steps=5\)$/);
  assert.match((await refusal(load(files, ['run.steps=20', 'optimiser.warmupSteps=30']))).message, /\(--set optimiser\.warmupSteps=30\)$/);
});

test('relations bind only the pipelines that they concern', async () => {
  const { config } = await load({ 'own.yaml': 'pipeline: random-span\nrollouts: {masksPerParagraph: 1}' });
  assert.equal(config.rollouts.masksPerParagraph, 1);
  await load({ 'own.yaml': 'pipeline: continue-pretraining\nrollouts: {masksPerParagraph: 1, predictionsPerMask: 1}' });
  await load({ 'own.yaml': 'pipeline: supervised-span\nrollouts: {predictionsPerMask: 1}' });
  await load({ 'own.yaml': 'masks: {minContextTokens: 5000}' });
});

test('all that is wrong is told at once, each with its place', async () => {
  const error = await refusal(load({ 'own.yaml': 'run:\n  steps: 0\nmasks:\n  spanLenghtP: 1\n' }, ['run.seed=-1']));
  assert.match(error.message, /^run\.seed is -1.*\(--set run\.seed=-1\)$/m);
  assert.match(error.message, /\n {2}and run\.steps is 0.*\(\/configs\/own\.yaml, line 2\)/);
  assert.match(error.message, /\n {2}and there is no key masks\.spanLenghtP; did you mean masks\.spanLengthP\? \(\/configs\/own\.yaml, line 4\)/);
});

test('extends in a circle is refused, with the circle', async () => {
  const error = await refusal(load({ 'own.yaml': 'extends: b.yaml', 'b.yaml': '\nextends: own.yaml' }));
  assert.equal(error.code, 'CONFIG_INVALID');
  assert.match(error.message, /circle: \/configs\/own\.yaml -> \/configs\/b\.yaml -> \/configs\/own\.yaml \(\/configs\/b\.yaml, line 2\)/);
});

const unreadable: readonly (readonly [what: string, yaml: string, says: RegExp])[] = [
  ['a tab for indentation', 'run:\n\tsteps: 1\n', /not YAML.*line 2/],
  ['a key given twice', 'run: {seed: 1}\nrun: {seed: 2}\n', /not YAML: Map keys must be unique.*line 2/],
  ['a list in place of a mapping', '- run\n', /a config is a mapping.*line 1/],
  ['an alias of nothing', 'run: *nowhere\n', /not YAML/],
  ['extends that is no text', 'extends: [a, b]\n', /extends must be.*line 1/],
];
for (const [what, yaml, says] of unreadable) {
  test(`${what} is refused with file and line`, async () => {
    const error = await refusal(load({ 'own.yaml': yaml }));
    assert.equal(error.code, 'CONFIG_INVALID');
    assert.match(error.message, says);
  });
}

test('a name that is not bundled is refused with the nearest that is', async () => {
  const error = await refusal(loadConfig('quikstart'));
  assert.equal(error.code, 'CONFIG_NOT_FOUND');
  assert.match(error.message, /did you mean "quickstart"\?/);
});

test('a missing file is named, also where another extends it', async () => {
  assert.match((await refusal(loadConfig('./gone.yaml', { folder: '/configs' }))).message, /\/configs\/gone\.yaml/);
  assert.match((await refusal(load({ 'own.yaml': 'extends: gone.yaml' }))).message, /\/configs\/gone\.yaml/);
});

test('a setting without a value, or without =, is a mistake in usage', async () => {
  assert.equal((await refusal(load({ 'own.yaml': '' }, ['run.steps']))).code, 'USAGE');
  assert.equal((await refusal(load({ 'own.yaml': '' }, ['=3']))).code, 'USAGE');
  assert.match((await refusal(load({ 'own.yaml': '' }, ['corpus.path=']))).message, /corpus\.path is ""/);
});

test('a setting of a key below a value is refused', async () => {
  assert.equal((await refusal(load({ 'own.yaml': '' }, ['run.steps.more=3']))).code, 'CONFIG_INVALID');
});

test('keys that name parts of every object are as unknown as others', async () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    assert.equal((await refusal(load({ 'own.yaml': `${key}: {steps: 1}` }))).code, 'CONFIG_UNKNOWN_KEY', key);
  }
});

test('a path beside the working directory is found without a dot before it', async () => {
  const error = await refusal(loadConfig(join('nowhere', 'a.yaml'), { folder: '/configs' }));
  assert.match(error.message, /\/configs\/nowhere\/a\.yaml/);
});
