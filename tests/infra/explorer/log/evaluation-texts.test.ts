import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readIdentity, readSummary } from '../../../../infra/explorer/log/evaluation-texts.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { isPretrainZeroError } from '../../../is-error.ts';

const stored = (file: string): string => readFileSync(fixturePath('evaluations', 'version-1', file), 'utf8');

test('an evaluation says what was asked of what, and what came of it', () => {
  assert.deepEqual(readIdentity(stored('evaluation.json')), { benchmark: 'cloze@1', model: 'sample', samples: 2, questions: 6 });
  const { score, metric, byCategory } = readSummary(stored('summary.json'));
  assert.deepEqual([score, metric, byCategory.map(({ category, questions }) => [category, questions])], [1 / 12, 'mean', [['1 word', 2], ['2 words', 1], ['3 words', 2], ['4 words', 1]]]);
});

test('any other text is told to be none', () => {
  const text = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"benchmark":1}', '{"summary":{"score":"high"}}', '{"summary":null}', 'null', '[]'));
  fc.assert(
    fc.property(text, (given) => {
      for (const read of [readIdentity, readSummary]) assert.throws(() => read(given), (error) => isPretrainZeroError(error, 'LOG_DAMAGED'));
    }),
  );
});
