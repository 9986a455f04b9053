import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import { preTokenise } from '../../../infra/tokenizer/pre-tokenisation.ts';
import { tokenizerConfigJson, type TokenizerJson } from '../../../infra/tokenizer/tokenizer-json.ts';
import { trainByteLevelBpe } from '../../../infra/tokenizer/train-byte-level-bpe.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { Tokenizer } from '../../../operators/ports/tokenizer.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';

const corpus = JSON.parse(readFileSync(fixturePath('tokenizers', 'corpus.json'), 'utf8')) as string[];
const specialTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];
const trained = trainByteLevelBpe(corpus, { vocabularySize: 420, specialTokens });

test('training gives the vocabulary and the merges of the BpeTrainer of Hugging Face tokenizers', () => {
  const path = fixturePath('tokenizers', 'smollm-like', 'tokenizer.json');
  const reference = JSON.parse(readFileSync(path, 'utf8')) as { model: { vocab: object; merges: readonly string[][] }; added_tokens: unknown };
  assert.deepEqual(trained.model.vocab, reference.model.vocab);
  assert.deepEqual(
    trained.model.merges,
    reference.model.merges.map((pair) => pair.join(' ')),
  );
  assert.deepEqual(trained.added_tokens, reference.added_tokens);
});

test('training twice gives the same bytes', () => {
  assert.equal(JSON.stringify(trainByteLevelBpe(corpus, { vocabularySize: 420, specialTokens })), JSON.stringify(trained));
});

test('each text comes back from its ids', async () => {
  const tokenizer = await asTokenizer(trained);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      assert.equal(tokenizer.decode(tokenizer.encode(text)), text);
    }),
  );
});

test('no token spans two digits', async () => {
  const tokenizer = await asTokenizer(trainByteLevelBpe(['1234 1234 1234 12345'], { vocabularySize: 300, specialTokens: [] }));
  assert.equal(tokenizer.encode('1234').length, 4);
});

test('pieces put together are the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => [...preTokenise(text)].join('') === text));
});

test('of pairs equally frequent the one with the smaller ids is merged first', () => {
  assert.deepEqual(trainByteLevelBpe(['cd', 'ab'], { vocabularySize: 257, specialTokens: [] }).model.merges, ['a b']);
});

test('the vocabulary stays smaller where nothing is left to merge', () => {
  assert.deepEqual(trainByteLevelBpe(['ab'], { vocabularySize: 1000, specialTokens: ['<s>'] }).model.merges, ['a b']);
});

test('the eos token of the config ends a response', async () => {
  assert.deepEqual((await asTokenizer(trained)).stopTokens, [0]);
});

test('an added word is one token wherever it stands, is no special token, and is spelt out when decoded', async () => {
  const addedWords = ['\nmask:', '\\mask{'];
  const json = trainByteLevelBpe(corpus, { vocabularySize: 420, specialTokens, addedWords });
  const tokenizer = await asTokenizer(json);
  const text = 'a text\nmask: with\\mask{ x}';
  const ids = tokenizer.encode(text);
  assert.deepEqual(addedWords.map((_, i) => ids.filter((id) => id === specialTokens.length + i).length), [1, 1]);
  assert.equal(tokenizer.decode(ids), text);
  assert.deepEqual(json.added_tokens.map(({ special }) => special), [true, true, true, false, false]);
});

for (const [what, options] of [
  ['a vocabulary without room for the bytes', { vocabularySize: 257, specialTokens: ['<s>', '</s>'] }],
  ['a special token twice', { vocabularySize: 300, specialTokens: ['<s>', '<s>'] }],
  ['an empty special token', { vocabularySize: 300, specialTokens: [''] }],
] as const) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => trainByteLevelBpe(['a'], options),
      (error) => error instanceof PretrainZeroError && error.code === 'CONFIG_INVALID',
    );
  });
}

async function asTokenizer(json: TokenizerJson): Promise<Tokenizer> {
  const folder = await mkdtemp(join(tmpdir(), 'bpe-'));
  try {
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(json));
    await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfigJson({ eosToken: '<|endoftext|>', maxPositions: 512 })));
    return await loadTokenizer(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
