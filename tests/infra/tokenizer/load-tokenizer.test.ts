import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import type { Tokenizer } from '../../../operators/ports/tokenizer.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';

interface Golden {
  readonly texts: readonly { readonly text: string; readonly ids: number[]; readonly withSpecials: number[]; readonly decoded: string }[];
  readonly samples: readonly { readonly ids: number[]; readonly decoded: string }[];
  readonly messages?: readonly { readonly role: 'system' | 'user'; readonly content: string }[];
  readonly chat?: string;
}

for (const name of ['smollm-like', 'qwen-like', 'mistral-like']) {
  describe(`a ${name} tokenizer`, () => {
    const folder = fixturePath('tokenizers', name);
    const golden = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as Golden;
    let tokenizer: Tokenizer;
    before(async () => {
      tokenizer = await loadTokenizer(folder);
    });

    test('gives each text the ids that Hugging Face tokenizers gives', () => {
      for (const { text, ids } of golden.texts) assert.deepEqual(tokenizer.encode(text), ids, JSON.stringify(text));
    });

    test('tells the bytes of each token: those of a text are the text', () => {
      const bytes = tokenizer.tokenBytes();
      for (const { text, ids } of golden.texts.filter((each) => each.text === each.text.normalize('NFC'))) {
        const spelt = Buffer.concat(ids.map((id) => bytes[id]!)).toString();
        assert.equal(name === 'mistral-like' ? spelt.replace(/^ /, '') : spelt, text, JSON.stringify(text));
      }
      for (const id of tokenizer.stopTokens) assert.equal(bytes[id], null);
    });

    test('finds special tokens only where they are asked for', () => {
      for (const { text, withSpecials } of golden.texts) {
        assert.deepEqual(tokenizer.encodeWithSpecials(text), withSpecials, JSON.stringify(text));
      }
    });

    test('decodes as Hugging Face tokenizers does, cut characters included', () => {
      for (const { ids, decoded } of golden.texts) assert.equal(tokenizer.decode(ids), decoded);
      for (const { ids, decoded } of golden.samples) assert.equal(tokenizer.decode(ids), decoded, ids.join(' '));
    });

    test('renders its chat template as transformers does', { skip: golden.chat === undefined }, () => {
      assert.equal(tokenizer.chat?.(golden.messages!), golden.chat);
    });
  });
}

test('byte-level tokenizers give every text back', async () => {
  const tokenizer = await loadTokenizer(fixturePath('tokenizers', 'smollm-like'));
  const golden = JSON.parse(await readFile(fixturePath('tokenizers', 'smollm-like', 'golden.json'), 'utf8')) as Golden;
  for (const { text } of golden.texts) assert.equal(tokenizer.decode(tokenizer.encode(text)), text);
});

test('special tokens and ids without a token decode to nothing', async () => {
  const tokenizer = await loadTokenizer(fixturePath('tokenizers', 'smollm-like'));
  const hello = tokenizer.encode('hello');
  assert.equal(tokenizer.decode([1, ...hello, 99_999, 0]), 'hello');
  assert.equal(tokenizer.decode([]), '');
  assert.equal(tokenizer.decode([0]), '');
});

test('the token before every text is known where the tokenizer puts one', async () => {
  assert.equal((await loadTokenizer(fixturePath('tokenizers', 'mistral-like'))).bosToken, 1);
  assert.equal((await loadTokenizer(fixturePath('tokenizers', 'smollm-like'))).bosToken, null);
});

describe('a folder changed by hand', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenizer-'));
    await cp(fixturePath('tokenizers', 'smollm-like'), folder, { recursive: true });
  });
  after(() => rm(folder, { recursive: true }));

  test('stops at every end token that any of its files names', async () => {
    await writeFile(join(folder, 'config.json'), '{"eos_token_id": 0}');
    await writeFile(join(folder, 'generation_config.json'), '{"eos_token_id": [2, 0]}');
    assert.deepEqual((await loadTokenizer(folder)).stopTokens, [0, 2]);
  });

  test('reads the chat template from a file of its own; it cannot see the date', async () => {
    await writeFile(join(folder, 'chat_template.jinja'), '{{ strftime_now("%d %b %Y") }}|{{ messages[0].content }}|{{ eos_token }}');
    const { chat } = await loadTokenizer(folder);
    assert.equal(chat?.([{ role: 'user', content: 'hi' }]), '26 Jul 2024|hi|<|endoftext|>');
  });

  test('is refused where it cuts text in a way that is not supported', async () => {
    const path = join(folder, 'tokenizer.json');
    const json = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    json.pre_tokenizer = { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithNext', invert: false };
    await writeFile(path, JSON.stringify(json));
    await assert.rejects(loadTokenizer(folder), hasCode('MODEL_UNSUPPORTED'));
  });

  for (const [what, text] of [
    ['is not JSON', '{"model":'],
    ['is not an object', '[]'],
    ['has an added token without id', '{"added_tokens":[{"content":"x"}]}'],
  ] as const) {
    test(`is refused where its tokenizer.json ${what}`, async () => {
      await writeFile(join(folder, 'tokenizer.json'), text);
      await assert.rejects(loadTokenizer(folder), hasCode('MODEL_INVALID'));
    });
  }
});

test('a folder without tokenizer.json is refused by name', async () => {
  await assert.rejects(loadTokenizer(fixturePath('golden')), (error: unknown) => {
    assert(error instanceof PretrainZeroError);
    assert.equal(error.code, 'MODEL_INVALID');
    assert.match(error.message, /tokenizer\.json/u);
    return true;
  });
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof PretrainZeroError && error.code === code;
}
