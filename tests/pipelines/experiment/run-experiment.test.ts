/** A whole grid with stub engines and real folders: what it runs, that it goes on after a kill, and what it makes of the folders. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadExperiment } from '../../../infra/config/load-experiment.ts';
import { uniforms } from '../../../operators/flow/seeds.ts';
import type { GridEvent } from '../../../pipelines/experiment/grid-events.ts';
import { runTitle } from '../../../pipelines/experiment/grid-run.ts';
import { runExperiment } from '../../../pipelines/experiment/run-experiment.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { filesOf, runProgram } from '../../faults/killed-run.ts';
import { gridDeps, stubExperiment, stubLaunch, writeExperiment } from './stub-grid.ts';

const parent = mkdtempSync(join(tmpdir(), 'pretrainzero-grid-'));
after(() => rmSync(parent, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => join(parent, String(++folders));
const load = (changes: Parameters<typeof writeExperiment>[1] = {}) => loadExperiment(writeExperiment(newFolder(), changes), '/');
const titles = (events: readonly GridEvent[], type: 'run-started' | 'run-finished' | 'run-failed'): string[] => events.flatMap((event) => (event.type === type ? [`${event.run.phase}: ${runTitle(event.run)}`] : []));

/** Nothing to choose: two variants with the config's rate. */
const untuned = { tuningSeeds: [], variants: { learned: {}, random: { set: { pipeline: 'random-span' } } } };

/** Done once, and looked at from several sides. */
const whole = gridDeps(newFolder(), { jobs: 3 });
const loadedWhole = await load();
const outcome = await runExperiment(loadedWhole, whole);

test('rates are tuned on their own seeds, then every variant runs with every seed, and each once', () => {
  assert.deepEqual({ complete: outcome.complete, failed: outcome.failed, open: outcome.open }, { complete: true, failed: [], open: [] });
  const started = titles(whole.events, 'run-started');
  assert.deepEqual(started.filter((title) => title.startsWith('tuning')).sort(), ['tuning: learned, rate 0.001, seed 101', 'tuning: learned, rate 0.001, seed 102', 'tuning: learned, rate 0.01, seed 101', 'tuning: learned, rate 0.01, seed 102']);
  assert.equal(started.length, 4 + 6);
  assert.deepEqual(titles(whole.events, 'run-finished').sort(), started.toSorted());
  const learned = outcome.comparison.variants.find(({ name }) => name === 'learned')!;
  const best = learned.tuning.toSorted((a, b) => b.mean! - a.mean!)[0]!;
  assert.equal(learned.learningRate, best.learningRate);
  assert.deepEqual(best.bySeed.map(({ seed }) => seed), [101, 102]);
  assert.deepEqual(learned.seeds, [1, 2]);
  assert.deepEqual(outcome.comparison.variants.map(({ difference }) => difference?.difference.n ?? null), [2, null, 2]);
});

test('the comparison is a function of the folders: the same command again runs nothing and comes to the same', async () => {
  const again = gridDeps(whole.directory, { launch: () => assert.fail('a run that is done was done again') });
  assert.deepEqual(await runExperiment(loadedWhole, again), outcome);
});

test('runs of an earlier version, whose config lacks a key of today, are still those of the grid', async () => {
  const grid = gridDeps(newFolder(), { jobs: 3 });
  const loaded = await load(untuned);
  const expected = await runExperiment(loaded, grid);
  for (const run of ['runs/learned/seed-1', 'runs/random/seed-2']) {
    const file = join(grid.directory, run, 'config.yaml');
    const text = readFileSync(file, 'utf8');
    assert.match(text, /^ {2}constrained: false\n/mu);
    writeFileSync(file, text.replace(/^ {2}constrained: false\n/mu, ''));
  }
  assert.deepEqual(await runExperiment(loaded, gridDeps(grid.directory, { launch: () => assert.fail('a run that is done was done again') })), expected);
});

test('runs one after the other come to the same as side by side', async () => {
  const apart = await runExperiment(loadedWhole, gridDeps(newFolder(), { jobs: 1, threads: 4 }));
  const withoutSeconds = (text: unknown): string => JSON.stringify(text, (key, value: unknown) => (key === 'seconds' ? null : value));
  assert.equal(withoutSeconds(apart), withoutSeconds(outcome));
});

test('a grid killed with -9 at random moments and started again each time has the same runs, byte for byte, as one that was not', async () => {
  const program = fileURLToPath(new URL('./grid-process.js', import.meta.url));
  const file = writeExperiment(newFolder(), { seeds: [1], tuningSeeds: [101], variants: { learned: { learningRates: [0.001, 0.01] }, random: { set: { pipeline: 'random-span' } } } });
  const undisturbed = newFolder();
  const whole = await runProgram([program, file, undisturbed]);
  assert.match(whole.output, /complete true/, whole.errors);
  const directory = newFolder();
  const draw = uniforms(3);
  let [kills, output] = [0, ''];
  while (!output.includes('complete')) {
    const ended = await runProgram([program, file, directory], kills < 3 ? draw() * 0.6 * whole.ranMs : undefined);
    if (ended.signal === 'SIGKILL') kills += 1;
    else assert.match(ended.output, /complete true/, ended.errors);
    output = ended.output;
  }
  assert.ok(kills > 0);
  for (const run of ['tuning/learned/rate-0.001/seed-101', 'tuning/learned/rate-0.01/seed-101', 'runs/learned/seed-1', 'runs/random/seed-1']) {
    const [expected, actual] = [filesOf(join(undisturbed, run)), filesOf(join(directory, run))];
    assert.ok(expected.has('manifest.jsonl'));
    assert.deepEqual([...actual.keys()], [...expected.keys()], run);
    for (const [path, bytes] of expected) assert.deepEqual(actual.get(path), bytes, `${run}/${path}`);
  }
});

test('a grid that is asked to stop ends its runs after their step, begins no other, and reports what is done', async () => {
  const loaded = await load({ ...untuned, budget: { steps: 8 } });
  const controller = new AbortController();
  const deps = gridDeps(newFolder(), { signal: controller.signal });
  const stopped = await runExperiment(loaded, {
    ...deps,
    emit: (event) => {
      deps.emit(event);
      if (event.type === 'run-step' && event.step === 2 && titles(deps.events, 'run-finished').length === 2) controller.abort();
    },
  });
  assert.equal(titles(deps.events, 'run-started').length, 3);
  assert.deepEqual([stopped.complete, stopped.failed, stopped.open], [false, [], ['learned, seed 2', 'random, seed 2']]);
  assert.deepEqual(stopped.comparison.variants.map(({ seeds }) => seeds), [[1], [1]]);
  const on = gridDeps(deps.directory);
  assert.equal((await runExperiment(loaded, on)).complete, true);
  const resumed = on.events.flatMap((event) => (event.type === 'run-started' && event.resumedFrom > 0 ? [event] : []));
  assert.deepEqual(resumed.map(({ run }) => runTitle(run)), ['learned, seed 2']);
  assert.ok(resumed[0]!.resumedFrom >= 2 && resumed[0]!.resumedFrom < 8, 'the step in progress was finished');
});

test('a run that fails is told and stops no other; its seed is missing in the report, and is tried again', async () => {
  const loaded = await load(untuned);
  const deps = gridDeps(newFolder());
  const launch = stubLaunch();
  const failing: typeof launch = (config, options) => {
    const fails = config.pipeline === 'random-span' && config.run.seed === 2;
    return fails ? stubLaunch({ before: (call) => (call === 'step' ? Promise.reject(new PretrainZeroError('ENGINE_FAILED', 'the engine is gone')) : undefined) })(config, options) : launch(config, options);
  };
  const partial = await runExperiment(loaded, { ...deps, launch: failing });
  assert.deepEqual([partial.complete, partial.failed], [false, ['random, seed 2']]);
  assert.deepEqual(partial.comparison.variants.map(({ seeds }) => seeds.length), [2, 1]);
  assert.equal(partial.comparison.variants[0]!.difference!.difference.n, 1, 'pairs alone count');
  assert.equal((await runExperiment(loaded, gridDeps(deps.directory))).complete, true);
});

test('a rate of which a run fails is never taken; a variant without a rate has no runs, and is told', async () => {
  const loaded = await load({ seeds: [1], tuningSeeds: [101], variants: { learned: { learningRates: [0.001, 0.01] }, random: { set: { pipeline: 'random-span' } } } });
  const fails = (atMost: number) => {
    const launch = stubLaunch();
    const broken = stubLaunch({ before: (call) => (call === 'step' ? Promise.reject(new PretrainZeroError('ENGINE_FAILED', 'the engine is gone')) : undefined) });
    return ((config, options) => (config.pipeline === 'pretrain-zero' && config.optimiser.learningRate <= atMost ? broken : launch)(config, options)) as typeof launch;
  };
  const one = await runExperiment(loaded, gridDeps(newFolder(), { launch: fails(0.001) }));
  assert.equal(one.comparison.variants[0]?.learningRate, 0.01);
  assert.equal(one.complete, false);
  const none = gridDeps(newFolder(), { launch: fails(1) });
  const without = await runExperiment(loaded, none);
  assert.ok(without.failed.includes('learned, every rate'));
  assert.deepEqual(without.comparison.variants.map(({ seeds, after: end }) => [seeds.length, end === null]), [[0, true], [1, false]]);
  assert.ok(none.events.some(({ type }) => type === 'rate-missing'));
});

test('a budget in tokens becomes steps by variant: each spends about as much', async () => {
  const tokens = 60_000;
  const loaded = await load({ budget: { tokens }, seeds: [1], tuningSeeds: [101], variants: { random: { set: { pipeline: 'random-span' } }, plain: { set: { pipeline: 'continue-pretraining' } } } });
  const { comparison, complete } = await runExperiment(loaded, gridDeps(newFolder()));
  assert.ok(complete);
  for (const { name, steps, cost } of comparison.variants) {
    const perStep = cost.tokens!.mean / steps!;
    assert.ok(Math.abs(cost.tokens!.mean - tokens) < 0.1 * tokens + perStep, `${name}: ${cost.tokens!.mean} tokens`);
  }
  const steps = comparison.variants.map((variant) => variant.steps!);
  assert.ok(new Set(steps).size > 1, `steps differ: ${steps.join(', ')}`);
});

test('what is spent, and what is picked, is read from the folders', () => {
  const [learned, random, plain] = outcome.comparison.variants;
  for (const variant of [learned!, random!]) {
    const { promptTokens, responseTokens, trainedTokens, tokens, groups, usefulGroups } = variant.cost;
    assert.ok([promptTokens, responseTokens, trainedTokens, usefulGroups].every((each) => each!.mean > 0));
    assert.ok(Math.abs(tokens!.mean - promptTokens!.mean - responseTokens!.mean - trainedTokens!.mean) < 1e-6);
    assert.ok(usefulGroups!.mean <= groups!.mean);
    const shares = variant.picks!.figures.filter(({ name }) => name.startsWith('kind')).map(({ whole }) => whole.mean);
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9, 'every mask has one kind');
    assert.ok(!variant.picks!.figures.some(({ name }) => name.startsWith('class')), 'the corpus has no labels');
    assert.ok(variant.picks!.common.length > 0);
  }
  assert.equal(plain!.picks, null);
  assert.deepEqual([plain!.cost.promptTokens!.mean, plain!.cost.responseTokens!.mean, plain!.cost.groups!.mean], [0, 0, 0]);
  assert.equal(learned!.curves.measure.length, 3, 'before, and twice after');
  assert.deepEqual(learned!.curves.measure.map(({ x }) => x > 0), [false, true, true]);
});

test('a folder with runs of another config is refused before anything is done', async () => {
  const other = await load({ set: { ...stubExperiment.set, grpo: { clipHigh: 0.3 } } });
  const nothing = gridDeps(whole.directory, { launch: () => assert.fail('nothing was to be run') });
  await assert.rejects(runExperiment(other, nothing), (error) => error instanceof PretrainZeroError && error.code === 'RUN_MISMATCH' && error.message.includes('grpo.clipHigh'));
});

test('two grids do not work in one folder at once', async () => {
  const one = await load({ ...untuned, seeds: [1] });
  const directory = newFolder();
  let begins = (): void => {};
  const begun = new Promise<void>((resolve) => (begins = resolve));
  const first = runExperiment(one, { ...gridDeps(directory), emit: begins });
  await begun;
  await assert.rejects(runExperiment(one, gridDeps(directory)), (error) => error instanceof PretrainZeroError && error.code === 'RUN_LOCKED');
  await first;
});
