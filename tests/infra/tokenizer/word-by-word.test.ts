import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import { portablePreTokenizer } from '../../../infra/tokenizer/portable-pre-tokenizer.ts';
import { wordByWord } from '../../../infra/tokenizer/word-by-word.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';

const sampleModel = join(import.meta.dirname, '..', '..', '..', '..', 'pipelines', 'base-model');
const folders = { sample: sampleModel, smollm: fixturePath('tokenizers', 'smollm-like'), qwen: fixturePath('tokenizers', 'qwen-like') };
const text = fc
  .array(fc.oneof(fc.constantFrom(' ', '  ', ' a', 'Paris', " don't", '\n', '\t', '\u00a0', '\ufeff', '\u0301', ' é', ' e\u0301', '[mask]', ' 1999', '.', '(', 'mask:', '\nfill:'), fc.string({ unit: 'binary', maxLength: 4 })))
  .map((pieces) => pieces.join(''));

for (const [name, folder] of Object.entries(folders)) {
  test(`the ${name} tokenizer gives a text the ids of the whole, its words remembered or not`, async () => {
    const tokenizer = await loadTokenizer(folder);
    fc.assert(fc.property(text, (each) => assert.deepEqual(tokenizer.encode(each), tokenizer.encodeWithSpecials(each))), { numRuns: 500 });
  });

  test(`the ${name} tokenizer encodes a word once`, () => {
    const asked: string[] = [];
    const encode = wordByWord((word) => (asked.push(word), [word.length]), tokenizerJson(folder));
    assert.deepEqual(encode('The Seine. The Seine flows'), [3, 7, 4, 6, 6]);
    assert.deepEqual(encode('The Seine flows'), [3, 6, 6]);
    assert.deepEqual(asked, ['The', ' Seine.', ' The', ' Seine', ' flows']);
  });
}

test('texts are encoded whole where a token may reach over the start of a word', () => {
  const qwen = tokenizerJson(folders.qwen);
  const token = { content: 'of the', lstrip: false, rstrip: false };
  const others = [
    tokenizerJson(fixturePath('tokenizers', 'mistral-like')),
    { ...qwen, added_tokens: [token] },
    { ...qwen, added_tokens: [{ ...token, content: 'of', rstrip: true }] },
    { ...qwen, normalizer: { type: 'Lowercase' } },
    { ...qwen, pre_tokenizer: { type: 'ByteLevel', add_prefix_space: true, use_regex: true } },
    { ...qwen, pre_tokenizer: { type: 'Split', pattern: { Regex: '\\S+' }, behavior: 'Isolated' } },
    { ...qwen, model: { type: 'Unigram' } },
  ];
  for (const json of others) {
    const asked: string[] = [];
    wordByWord((word) => (asked.push(word), []), json)('one of the two');
    assert.deepEqual(asked, ['one of the two']);
  }
});

function tokenizerJson(folder: string): Record<string, unknown> {
  const file = join(folder, 'tokenizer.json');
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const added = (json.added_tokens as { readonly special: boolean }[]).filter(({ special }) => !special);
  return { ...json, added_tokens: added, pre_tokenizer: portablePreTokenizer(json.pre_tokenizer, file) };
}
