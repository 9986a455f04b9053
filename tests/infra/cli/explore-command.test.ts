import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exploreCommand } from '../../../infra/cli/explore-command.ts';
import { runProgram } from '../../../infra/cli/program.ts';
import { runLabels } from '../../../infra/cli/run-labels.ts';
import { samplePath } from '../../../pipelines/resolve-sample.ts';
import { isError } from '../../is-error.ts';
import { benchmarkAnswerOf, smallEvaluation } from '../explorer/small-evaluation.ts';
import { newFolder, smallRun } from '../explorer/small-run.ts';
import { testWorld } from './test-world.ts';

const parent = newFolder();
const directory = join(parent, 'run');

before(async () => {
  const run = await smallRun(parent, 'run');
  await run.commit((commit) => ({ ...commit, checkpoint: true }));
  writeFileSync(join(directory, 'checkpoints', 'step-000001', 'model.safetensors'), 'weights');
});
after(() => rmSync(parent, { recursive: true }));

test('the page is served and opened until a signal comes', async () => {
  const world = testWorld();
  const pages: string[] = [];
  let ended: Promise<number> | undefined;
  const url = await new Promise<string>((resolve, reject) => {
    ended = exploreCommand([directory], { port: 0, open: true }, world, (address) => {
      pages.push(address);
      resolve(address);
    });
    ended.catch(reject);
  });
  assert.match(await (await fetch(url)).text(), /<div id="page">/);
  assert.deepEqual(await (await fetch(`${url}runs.json`)).json(), [{ name: 'run', labelBytes: null }]);
  assert.ok(world.terminal.out().includes(url));
  world.signals.emit('SIGINT');
  assert.equal(await ended, 0);
  await assert.rejects(fetch(url));
  assert.deepEqual([pages.length, world.signals.listenerCount('SIGINT')], [1, 0]);
});

test('an export holds the page, the whole log, the answers of evaluations, and no weights', async () => {
  const world = testWorld();
  const evaluation = await smallEvaluation(parent, 'answered', [benchmarkAnswerOf({})]);
  const target = join(parent, 'exported');
  assert.equal(await runProgram(['explore', directory, evaluation, '--export', target], world), 0);
  assert.match(world.terminal.out(), /index\.html/);
  const files = readdirSync(target, { recursive: true, encoding: 'utf8' });
  for (const name of ['index.html', 'page.js', 'boot.js', 'data/0/manifest.jsonl.js', 'data/0/samples/groups/step=000001.parquet.js', 'data/0/metrics/steps/from=1.js', 'data/0/checkpoints/step-000001/tokenizer.json.js', 'data/evaluation-0/evaluation.json.js', 'data/evaluation-0/answers/part-000000.parquet.js']) assert.ok(files.includes(name), name);
  assert.ok(!files.some((name) => name.includes('safetensors')));
});

test('spans have the classes of the bundled corpus that the run was trained on, or of the file that is given', async () => {
  const { directory: ofAtlas } = await smallRun(parent, 'atlas');
  writeFileSync(join(ofAtlas, 'config.yaml'), 'corpus: {path: atlas}\n');
  writeFileSync(join(parent, 'mine.jsonl'), '');
  const runs = new Map([
    ['atlas', ofAtlas],
    ['run', directory],
  ]);
  const world = { ...testWorld(), folder: parent };
  assert.deepEqual([...(await runLabels(runs, null, world))], [['atlas', samplePath('labels', 'atlas')]]);
  assert.ok(existsSync(samplePath('labels', 'atlas')) && existsSync(samplePath('labels')));
  assert.deepEqual([...(await runLabels(runs, 'mine.jsonl', world))], [...runs.keys()].map((name) => [name, join(parent, 'mine.jsonl')]));
  await assert.rejects(runLabels(runs, 'nowhere.jsonl', world), isError('USAGE', /labels.*nowhere\.jsonl/));
});

test('a folder with something in it is not written into', async () => {
  const world = testWorld();
  const target = join(parent, 'full');
  mkdirSync(target);
  writeFileSync(join(target, 'mine.txt'), '');
  assert.equal(await runProgram(['explore', directory, '--export', target], world), 2);
  assert.match(world.terminal.errors(), /USAGE.*full/);
  assert.deepEqual(readdirSync(target), ['mine.txt']);
});

test('what is missing of a run is named', async () => {
  const damaged = await smallRun(parent, 'damaged');
  await damaged.commit();
  const part = join(damaged.directory, 'samples', 'groups', 'step=000001.parquet');
  rmSync(part);
  const world = testWorld();
  assert.equal(await runProgram(['explore', damaged.directory, '--export', join(parent, 'half')], world), 1);
  assert.match(world.terminal.errors(), /LOG_DAMAGED.*step=000001\.parquet/);
  assert.ok(!existsSync(join(parent, 'half', 'index.html')));
});

test('no run, and no port, are mistakes of the command', async () => {
  for (const args of [['explore', join(parent, 'nowhere'), '--no-open'], ['explore', directory, '--port', '70000'], ['explore']]) assert.equal(await runProgram(args, testWorld()), 2, args.join(' '));
});
