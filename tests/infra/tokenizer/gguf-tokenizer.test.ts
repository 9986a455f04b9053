/** Tokenizers rebuilt from the metadata of GGUF files, against the ids of Hugging Face `tokenizers` (tests/fixtures/make-gguf.py). */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import type { Tokenizer } from '../../../operators/ports/tokenizer.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { sharedFile } from '../../shared-file.ts';
import { changedGguf } from '../engine/model-files/gguf/changed-gguf.ts';

interface TokenCase {
  readonly text: string;
  readonly ids: readonly number[];
  /** Where the text has special tokens. */
  readonly withSpecials?: readonly number[];
}

for (const [name, bosToken] of [['llama', 1], ['qwen2', null], ['qwen3', null]] as const) {
  describe(`the tokenizer of a ${name} GGUF file`, () => {
    let tokenizer: Tokenizer;
    before(async () => {
      tokenizer = await loadTokenizer(fixturePath('gguf', `${name}.gguf`));
    });

    test('gives each text the ids that Hugging Face tokenizers gives', async () => {
      const { texts } = JSON.parse(await readFile(fixturePath('gguf', `${name}.json`), 'utf8')) as { texts: TokenCase[] };
      assertSameIds(tokenizer, texts);
    });

    test('knows its special tokens and its chat template', () => {
      assert.deepEqual([tokenizer.bosToken, tokenizer.stopTokens], [bosToken, [0]]);
      assert.equal(tokenizer.chat?.([{ role: 'user', content: 'hi' }]), '<|start|>user\nhi<|end|><|start|>assistant');
      assert.equal(tokenizer.decode([1, ...tokenizer.encode('hi'), 0]), 'hi');
    });
  });
}

describe('a tokenizer of changed metadata', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gguf-'));
  });
  after(() => rm(folder, { recursive: true }));

  test('puts a token before every text where the file says so', async () => {
    assert.equal((await changed('qwen2', { 'tokenizer.ggml.add_bos_token': true })).bosToken, 1);
    assert.equal((await changed('llama', { 'tokenizer.ggml.add_bos_token': false })).bosToken, null);
  });

  test('stops at the end of a turn too', async () => {
    assert.deepEqual((await changed('qwen2', { 'tokenizer.ggml.eot_token_id': 2 })).stopTokens, [0, 2]);
  });

  test('without a chat template has none', async () => {
    assert.equal((await changed('qwen2', { 'tokenizer.chat_template': null })).chat, null);
  });

  async function changed(name: string, fields: Parameters<typeof changedGguf>[1]): Promise<Tokenizer> {
    const file = join(folder, 'changed.gguf');
    await writeFile(file, await changedGguf(name, fields));
    return loadTokenizer(file);
  }
});

const real = sharedFile('models', 'smollm2-135m-instruct-q4_1.gguf');
const absent = real === null ? 'smollm2-135m-instruct-q4_1.gguf is not there: set PRETRAINZERO_SHARED to the folder that has it as models/...' : false;
if (absent !== false) console.warn(`NOT RUN: the tokenizer of SmolLM2-135M. ${absent}`);

test('the tokenizer of SmolLM2-135M gives some hundred texts the ids that Hugging Face tokenizers gives', { skip: absent }, async () => {
  const cases = JSON.parse(await readFile(fixturePath('gguf', 'smollm2-tokens.json'), 'utf8')) as TokenCase[];
  assert(cases.length > 250);
  const tokenizer = await loadTokenizer(real!);
  assertSameIds(tokenizer, cases);
  for (const { text } of cases) assert.equal(tokenizer.decode(tokenizer.encode(text)), text);
});

function assertSameIds(tokenizer: Tokenizer, cases: readonly TokenCase[]): void {
  for (const { text, ids, withSpecials } of cases) {
    assert.deepEqual(tokenizer.encode(text), ids, JSON.stringify(text));
    if (withSpecials !== undefined) assert.deepEqual(tokenizer.encodeWithSpecials(text), withSpecials, JSON.stringify(text));
  }
}
