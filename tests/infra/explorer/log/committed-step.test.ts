import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readGrowth } from '../../../../infra/explorer/log/committed-step.ts';
import { isPretrainZeroError } from '../../../is-error.ts';
import { newFolder, smallRun } from '../small-run.ts';

const parent = newFolder();
let text = '';

before(async () => {
  const run = await smallRun(parent, 'run');
  for (let step = 1; step <= 3; step++) await run.commit((commit) => ({ ...commit, checkpoint: step === 2 }));
  text = readFileSync(join(parent, 'run', 'manifest.jsonl'), 'utf8');
});
after(() => rmSync(parent, { recursive: true }));

test('the steps of a manifest, with their parts and where a tokenizer is', () => {
  const { steps, broken, bytes } = readGrowth(text, null);
  assert.deepEqual([steps.map(({ step }) => step), broken, bytes], [[1, 2, 3], false, text.length]);
  assert.equal(steps[2]!.parts['samples/groups']!.path, 'samples/groups/step=000003.parquet');
  assert.deepEqual(steps.map(({ tokenizer }) => tokenizer?.path ?? null), [null, 'checkpoints/step-000002/tokenizer.json', null]);
});

test('wherever the text is cut, growth gives the same steps', () => {
  const whole = readGrowth(text, null).steps;
  for (let cut = 0; cut <= text.length; cut += 97) {
    const first = readGrowth(text.slice(0, cut), null);
    const rest = readGrowth(text.slice(first.bytes), first.steps.at(-1)?.hash ?? null);
    assert.deepEqual([...first.steps, ...rest.steps], whole);
  }
});

test('lines that do not go on from the last are noticed', () => {
  const [first, , third] = text.split(/(?<=\n)/);
  const { hash } = readGrowth(first!, null).steps[0]!;
  assert.equal(readGrowth(third!, hash).broken, true);
});

test('a line that is none is refused', () => {
  for (const line of ['{}\n', 'rubbish\n', '[]\n', 'null\n']) assert.throws(() => readGrowth(line, null), (error) => isPretrainZeroError(error, 'LOG_DAMAGED'), line);
});
