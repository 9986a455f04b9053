import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { experimentJsonSchema } from '../../../infra/config/experiment-json-schema.ts';
import { bundledExperimentNames, experimentFile } from '../../../infra/config/experiment-paths.ts';
import { loadExperiment } from '../../../infra/config/load-experiment.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { gaugeRuns, reportRuns, tuningRuns } from '../../../pipelines/experiment/grid-plan.ts';
import { runConfig } from '../../../pipelines/experiment/grid-run.ts';
import type { ErrorCode } from '../../../schemas/error-codes.ts';
import { isError } from '../../is-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-experiment-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const good = `name: mine
question: Which is better?
base: quickstart
budget: {steps: 20}
seeds: [1, 2]
reference: b
variants:
  a: {}
  b:
    set: {pipeline: random-span}
`;

const write = (text: string): string => {
  const file = join(folder, 'experiment.yaml');
  writeFileSync(file, text);
  return file;
};

test('what a file leaves out has its default; each variant changes the base by what it says', async () => {
  const { experiment, configOf } = await loadExperiment(write(good), '/');
  assert.deepEqual([experiment.evaluations, experiment.measure, experiment.tuningSeeds], [4, null, []]);
  assert.equal((await configOf('a', [])).pipeline, 'pretrain-zero');
  const config = await configOf('b', ['run.seed=9']);
  assert.deepEqual([config.pipeline, config.run.seed, config.rollouts.masksPerParagraph], ['random-span', 9, 12]);
});

test('a run has its seed, steps, rate and threads, and evaluations evenly spread', async () => {
  const loaded = await loadExperiment(write(good), '/');
  const config = await runConfig(loaded, { phase: 'report', variant: 'b', seed: 2, learningRate: 0.002, steps: 30 }, 3);
  assert.deepEqual([config.run.name, config.run.seed, config.run.steps, config.optimiser.learningRate, config.evaluation.every, config.engine.threads], ['mine.runs.b.seed-2', 2, 30, 0.002, 8, 3]);
});

interface Refusal {
  readonly what: string;
  readonly text: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
}

const refusals: readonly Refusal[] = [
  { what: 'an unknown key', text: good.replace('seeds:', 'seed:'), code: 'CONFIG_INVALID', message: /seeds is missing.*\n {2}and there is no key seed; did you mean seeds\? \(.*experiment\.yaml, line 5\)/ },
  { what: 'an unknown key of a variant', text: good.replace('a: {}', 'a: {learningRate: [1]}'), code: 'CONFIG_UNKNOWN_KEY', message: /variants\.a\.learningRate; did you mean variants\.a\.learningRates\? \(.*line 8\)/ },
  { what: 'a reference that is no variant', text: good.replace('reference: b', 'reference: bb'), code: 'CONFIG_INVALID', message: /reference is "bb", and there is no such variant; did you mean "b"\? \(.*line 6\)/ },
  { what: 'a seed that is used for tuning too', text: `${good}tuningSeeds: [2]\n`, code: 'CONFIG_INVALID', message: /the seed 2 comes twice/ },
  { what: 'rates without seeds to choose them on', text: good.replace('a: {}', 'a: {learningRates: [1.0e-4, 2.0e-4]}'), code: 'CONFIG_INVALID', message: /tuningSeeds is empty/ },
  { what: 'a budget in tokens without seeds to measure them on', text: good.replace('{steps: 20}', '{tokens: 100}'), code: 'CONFIG_INVALID', message: /tuningSeeds is empty: a budget in tokens/ },
  { what: 'seeds for tuning where there is nothing to tune', text: `${good}tuningSeeds: [7]\n`, code: 'CONFIG_INVALID', message: /of no use/ },
  { what: 'a budget that is neither', text: good.replace('{steps: 20}', '{hours: 2}'), code: 'CONFIG_INVALID', message: /budget is \{"hours":2\}; it must be a section with the keys steps, or a section with the keys tokens/ },
  { what: 'a key that the grid sets itself', text: good.replace('a: {}', 'a: {set: {run: {seed: 3}}}'), code: 'CONFIG_INVALID', message: /variants\.a\.set\.run\.seed is not for a variant to say: seeds stand in `seeds` \(.*line 8\)/ },
  { what: 'a rate in two places', text: `${good.replace('a: {}', 'a: {learningRates: [1.0e-4, 2.0e-4], set: {optimiser: {learningRate: 1}}}')}tuningSeeds: [7]\n`, code: 'CONFIG_INVALID', message: /optimiser\.learningRate is not for a variant to say/ },
  { what: 'a name that cannot be a folder', text: good.replace('a: {}', 'a/b: {}'), code: 'CONFIG_INVALID', message: /a\/b/ },
  { what: 'no variants', text: good.replace(/variants:[^]*/, 'variants: {}\n'), code: 'CONFIG_INVALID', message: /variants is empty/ },
];

for (const { what, text, code, message } of refusals) {
  test(`${what} is refused, with file and line`, async () => {
    await assert.rejects(loadExperiment(write(text), '/'), isError(code, message));
  });
}

test('an unknown key of the config within a variant is refused with the line of the experiment', async () => {
  const loaded = await loadExperiment(write(good.replace('a: {}', 'a:\n    set:\n      grpo: {clipHihg: 0.3}')), '/');
  await assert.rejects(loaded.configOf('a', []), isError('CONFIG_UNKNOWN_KEY', /there is no key grpo\.clipHihg; did you mean grpo\.clipHigh\? \(.*experiment\.yaml, line 10\)/));
});

test('a name that is not bundled is refused with the nearest that is', () => {
  assert.throws(() => experimentFile('first-gain', '/'), isError('CONFIG_NOT_FOUND', /did you mean "first-gains"/));
});

test('every bundled experiment loads with all its configs, points editors at the schema, and needs seeds enough for an interval', async () => {
  const names = bundledExperimentNames();
  assert.ok(names.includes('first-gains'));
  for (const name of names) {
    const file = experimentFile(name, '/');
    assert.match(readFileSync(file, 'utf8'), /^# yaml-language-server: \$schema=\.\/experiment\.schema\.json\n/, name);
    const loaded = await loadExperiment(name, '/');
    assert.equal(loaded.experiment.name, name);
    assert.ok(loaded.experiment.seeds.length >= 5, name);
    const steps = new Map(Object.keys(loaded.experiment.variants).map((variant) => [variant, 100]));
    const plan = new Map([...steps].map(([variant]) => [variant, { steps: 100, learningRate: null }]));
    const runs = [...gaugeRuns(loaded.experiment), ...tuningRuns(loaded.experiment, steps), ...reportRuns(loaded.experiment, plan)];
    for (const run of new Map(runs.map((each) => [`${each.phase} ${each.variant}`, each])).values()) await runConfig(loaded, run, 1);
  }
});

test('the schema for editors is what experiments are checked against (else: `pretrainzero schema --experiments > pipelines/experiments/experiment.schema.json`)', () => {
  const text = readFileSync(join(packageRoot(), 'pipelines', 'experiments', 'experiment.schema.json'), 'utf8');
  assert.equal(text, experimentJsonSchema());
  const { required, properties } = JSON.parse(text) as { required: string[]; properties: Record<string, unknown> };
  assert.deepEqual(required.filter((name) => !(name in (parse(good) as object))), [], 'what a file may leave out is not required');
  assert.ok('variants' in properties);
});
