import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tokenTexts } from '../../../../infra/explorer/log/token-texts.ts';
import { packageRoot } from '../../../../infra/setup/package-root.ts';
import { loadTokenizer } from '../../../../infra/tokenizer/load-tokenizer.ts';
import { isPretrainZeroError } from '../../../is-error.ts';

const model = join(packageRoot(), 'pipelines', 'base-model');

test('the texts of tokens make up what the tokenizer took apart', async () => {
  const tokenizer = await loadTokenizer(model);
  const textOf = tokenTexts(readFileSync(join(model, 'tokenizer.json'), 'utf8'));
  for (const text of ['The capital of Nepal is Kathmandu.', ' 1006 km\n\n', '\\boxed{Italy}', '[mask]']) {
    const parts = tokenizer.encode(text).map((id) => textOf(id) ?? '?');
    assert.equal(parts.join(''), text);
  }
  assert.equal(textOf(10_000_000), null);
});

test('pieces of SentencePiece, in both forms of a vocabulary', () => {
  const bpe = tokenTexts(JSON.stringify({ model: { vocab: { '\u2581Paris': 7, '<0x0A>': 8 } } }));
  assert.deepEqual([bpe(7), bpe(8), bpe(9)], [' Paris', '\n', null]);
  const unigram = tokenTexts(JSON.stringify({ model: { vocab: [['a', -1], ['\u2581b', -2]] }, added_tokens: [{ id: 5, content: '<end>' }] }));
  assert.deepEqual([unigram(0), unigram(1), unigram(5)], ['a', ' b', '<end>']);
});

test('what is no tokenizer is refused', () => {
  for (const json of ['', '{}', '[]', 'null', '{"model":{}}']) assert.throws(() => tokenTexts(json), (error) => isPretrainZeroError(error, 'LOG_DAMAGED'), json);
});
