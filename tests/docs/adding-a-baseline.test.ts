import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { packageRoot } from '../../infra/setup/package-root.ts';
import * as publicSurface from '../../pipelines/index.ts';

const root = packageRoot();
const page = readFileSync(join(root, 'docs', 'adding-a-baseline.md'), 'utf8');
const blocks = [...page.matchAll(/```ts\n([^]*?)```/g)].map(([, body]) => body!);

test('the example of the page is the file that baselines-on-base-model.test.ts runs', () => {
  const file = readFileSync(join(root, 'tests', 'docs', 'own-baseline.ts'), 'utf8');
  const [, ...code] = file.replaceAll("'../../pipelines/index.ts'", "'pretrainzero'").split('\n');
  assert.equal(blocks[0], code.join('\n'));
});

test('what the page imports and names is exported', () => {
  for (const [, names] of blocks.join('\n').matchAll(/import \{ (.*) \} from 'pretrainzero'/g)) for (const name of names!.split(', ')) assert.ok(name in publicSurface, name);
  const operators = [...page.matchAll(/^\| .*$/gm)].flatMap(([row]) => [...row.matchAll(/`([a-z]+[A-Z]\w+)`/g)].map(([, name]) => name!));
  assert.ok(operators.length >= 10);
  for (const name of [...operators, 'askNextToken', 'withEntropies', 'topologyDifference', 'runWorker', 'seedOf']) assert.ok(name in publicSurface, name);
});

test('what the page links to is there', () => {
  for (const [, path] of page.matchAll(/\]\(([^)#]+)\)/g)) assert.ok(existsSync(join(root, dirname('docs/adding-a-baseline.md'), path!)), path);
});
