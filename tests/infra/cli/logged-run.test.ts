import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { runProgram } from '../../../infra/cli/program.ts';
import { loggedStubRun } from '../../pipelines/replay/logged-stub-run.ts';
import { stubConfig } from '../../stub-config.ts';
import { testWorld } from './test-world.ts';

let directory = '';
const loggedRun = (): Promise<string> => loggedStubRun(stubConfig({ run: { steps: 3 } }));

/** A run of three steps on a stub engine, its log on disk. */
before(async () => {
  directory = await loggedRun();
});

async function call(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const world = testWorld();
  const code = await runProgram(args, world);
  return { code, out: world.terminal.out(), errors: world.terminal.errors() };
}

const places = (out: string): string[] => [...out.matchAll(/^── (step \d+, slot \d+) ──/gm)].map(([, place]) => place!);

test('sample shows paragraphs of the last step with masks, predictions and rewards', async () => {
  const { code, out } = await call('sample', directory);
  assert.equal(code, 0);
  assert.equal(places(out).length, 2);
  assert.ok(places(out).every((place) => place.startsWith('step 3,')));
  for (const part of [/^Masks {2}/m, /^Mask \d+ {2}"/m, /⟦.*⟧/, /reward \d\.\d\d {2}advantage [+-]\d\.\d\d/]) assert.match(out, part);
});

test('sample shows the step and slot that are asked for', async () => {
  assert.deepEqual(places((await call('sample', directory, '--step', '2', '--slot', '1')).out), ['step 2, slot 1']);
  assert.deepEqual(places((await call('sample', directory, '--count', '9')).out), ['step 3, slot 0', 'step 3, slot 1', 'step 3, slot 2']);
});

test('sample draws the same paragraphs for the same seed, and others for others', async () => {
  const drawn = async (seed: string) => places((await call('sample', directory, '--count', '1', '--seed', seed)).out).join();
  assert.equal(await drawn('4'), await drawn('4'));
  assert.ok(new Set(await Promise.all(['0', '1', '2', '3', '4', '5'].map(drawn))).size > 1);
});

test('sample refuses a step or slot that is not there, with what is', async () => {
  const step = await call('sample', directory, '--step', '9');
  assert.equal(step.code, 2);
  assert.match(step.errors, /^USAGE: .*no step 9.*3/);
  assert.equal((await call('sample', directory, '--slot', '9')).code, 2);
});

test('sample --json is one object a paragraph', async () => {
  const { out } = await call('sample', directory, '--count', '3', '--json');
  const samples = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { paragraph: { slot: number }; predictions: unknown[] });
  assert.deepEqual(samples.map(({ paragraph }) => paragraph.slot), [0, 1, 2]);
  assert.ok(samples.some(({ predictions }) => predictions.length > 0));
});

test('verify finds a whole run whole', async () => {
  const { code, out } = await call('verify', directory);
  assert.match(out, /^whole {2}3 steps, \d+ files \(.*\), \d+ rollouts: every file is as it was committed, every ledger adds up\n$/);
  assert.equal(code, 0);
});

test('verify finds one altered byte, and exits 1', async () => {
  const damaged = await loggedRun();
  const file = join(damaged, 'samples', 'prediction_rollouts', 'step=000002.parquet');
  const bytes = readFileSync(file);
  bytes[200]! ^= 1;
  writeFileSync(file, bytes);
  const { code, out } = await call('verify', damaged);
  assert.equal(code, 1);
  assert.match(out, /^wrong {2}samples\/prediction_rollouts\/step=000002\.parquet: the SHA-256 is not the one of the manifest$/m);
  assert.equal((JSON.parse((await call('verify', damaged, '--json')).out) as { problems: unknown[] }).problems.length, 1);
});

test('verify says in one line that the newest checkpoint is missing; --without-checkpoints verifies the rest, and says so', async () => {
  const copy = await loggedRun();
  rmSync(join(copy, 'checkpoints'), { recursive: true });
  const { code, out } = await call('verify', copy);
  assert.equal(code, 1);
  assert.match(out, /^wrong {2}checkpoints\/step-000003: the newest checkpoint is missing: the run cannot go on .*\n1 wrong of 3 steps/);
  const without = await call('verify', copy, '--without-checkpoints');
  assert.equal(without.code, 0);
  assert.match(without.out, /^whole .*; checkpoints were not looked at\n$/);
  rmSync(join(copy, 'samples', 'groups', 'step=000001.parquet'));
  assert.equal((await call('verify', copy, '--without-checkpoints')).code, 1);
});

test('verify finds a line that was put at the end of the manifest', async () => {
  const damaged = await loggedRun();
  appendFileSync(join(damaged, 'manifest.jsonl'), '{"step":4}\n');
  const { code, out } = await call('verify', damaged);
  assert.equal(code, 1);
  assert.match(out, /manifest\.jsonl: line 4 is altered/);
});
