import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exitCodes } from '../../../infra/cli/exit-codes.ts';
import { runProgram } from '../../../infra/cli/program.ts';
import { newDirectory } from '../../pipelines/stub-run.ts';
import { testTerminal, testWorld } from './test-world.ts';

const asked = (out: string, ...more: readonly string[]): string[] => ['evaluate', 'quickstart', '--set', 'benchmark.maxItems=6', '--set', 'engine.threads=1', '--out', out, ...more];

test('evaluate asks the bundled model, tells the figure with its interval, and tells it again without asking', async () => {
  const out = join(newDirectory(), 'evaluation');
  const first = testWorld(undefined, testTerminal());
  assert.equal(await runProgram(asked(out), first), exitCodes.ok, first.terminal.errors());
  assert.match(first.terminal.out(), /cloze@1 +6 +\d+\.\d\d% +\d+\.\d% to \d+\.\d%/);
  assert.match(first.terminal.out(), /every answer is in/);
  assert.deepEqual(readdirSync(join(out, 'answers')), ['part-000000.parquet']);
  const again = testWorld(undefined, testTerminal());
  assert.equal(await runProgram(asked(out, '--json'), again), exitCodes.ok);
  const lines = again.terminal.out().trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual([lines.at(-2)?.kept, lines.at(-2)?.tokens, lines.at(-1)?.type, lines.at(-1)?.benchmark], [6, 0, 'completed', 'cloze@1']);
});

test('another question set in the same folder is a mistake of the caller, told without a stack', async () => {
  const out = join(newDirectory(), 'evaluation');
  assert.equal(await runProgram(asked(out), testWorld()), exitCodes.ok);
  const world = testWorld(undefined, testTerminal());
  assert.equal(await runProgram(asked(out, '--set', 'run.seed=9'), world), exitCodes.usage);
  assert.match(world.terminal.errors(), /another seed: 1, now 9/);
  assert.doesNotMatch(world.terminal.errors(), /\n\s+at /);
});
