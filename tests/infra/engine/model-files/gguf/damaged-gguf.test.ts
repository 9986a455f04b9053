import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readGgufFile } from '../../../../../infra/engine/model-files/gguf/read-gguf-file.ts';
import { readGgufModel } from '../../../../../infra/engine/model-files/gguf/read-gguf-model.ts';
import { PretrainZeroError } from '../../../../../schemas/pretrain-zero-error.ts';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';
import { hasCode } from '../has-code.ts';
import { changedGguf, type Field } from './changed-gguf.ts';

let folder: string;
let file: string;
let whole: Buffer;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-'));
  file = join(folder, 'model.gguf');
  whole = await readFile(fixturePath('gguf', 'llama.gguf'));
});
after(() => rm(folder, { recursive: true }));

describe('a damaged GGUF file', () => {
  test('that is cut anywhere is refused', async () => {
    for (const length of [0, 3, 23, 24, 100, 2000, 5000, 8000, 12_000, whole.length >> 1, whole.length - 1]) {
      await writeFile(file, whole.subarray(0, length));
      await assert.rejects(readGgufModel(file), hasCode('MODEL_INVALID'), `cut to ${length} bytes`);
    }
  });

  test('that is not there, or a folder, is refused', async () => {
    await assert.rejects(readGgufModel(join(folder, 'none.gguf')), hasCode('MODEL_INVALID', /none\.gguf/u));
    await assert.rejects(readGgufModel(folder), hasCode('MODEL_INVALID'));
  });

  for (const [what, offset, value, code, words] of [
    ['of another format', 0, 0x46464952n, 'MODEL_INVALID', /GGUF/u],
    ['of version 1', 4, 1n, 'MODEL_UNSUPPORTED', /version/u],
    ['of the other byte order', 4, 0x03000000n, 'MODEL_UNSUPPORTED', /version/u],
    ['with an absurd count of tensors', 8, 2n ** 60n, 'MODEL_INVALID', /tensor_count/u],
    ['with more tensors than bytes', 8, 60_000n, 'MODEL_INVALID', /tensor_count/u],
    ['with an absurd count of fields', 16, 2n ** 60n, 'MODEL_INVALID', /kv_count/u],
    ['with an absurd length of a name', 24, 2n ** 60n, 'MODEL_INVALID', /header/u],
  ] as const) {
    test(`${what} is refused`, async () => {
      const bytes = Buffer.from(whole);
      if (offset < 8) bytes.writeUInt32LE(Number(value), offset);
      else bytes.writeBigUInt64LE(value, offset);
      await writeFile(file, bytes);
      await assert.rejects(readGgufModel(file), hasCode(code, words));
    });
  }

  test('with any byte of its header changed is read or refused with one of our codes', async () => {
    const { tensors } = await readGgufFile(fixturePath('gguf', 'llama.gguf'));
    const headerBytes = Math.min(...[...tensors.values()].map(({ begin }) => begin));
    for (let i = 0; i < 150; i++) {
      const bytes = Buffer.from(whole);
      const at = (i * 7919) % headerBytes;
      bytes[at] = bytes[at]! ^ (1 << (i % 8));
      await writeFile(file, bytes);
      await readGgufModel(file).catch((error: unknown) => assert(error instanceof PretrainZeroError, `byte ${at}: ${String(error)}`));
    }
  });

  test('with a tensor that lies outside of it, or over another, is refused', async () => {
    const name = Buffer.from('blk.1.ffn_down.weight');
    const at = whole.indexOf(name) + name.length + 4 + 2 * 8 + 4; // dimensions, their sizes, kind
    for (const [offset, words] of [[2n ** 40n, /ffn_down.*ends at/u], [64n, /lies over/u]] as const) {
      const bytes = Buffer.from(whole);
      bytes.writeBigUInt64LE(offset, at);
      await writeFile(file, bytes);
      await assert.rejects(readGgufModel(file), hasCode('MODEL_INVALID', words));
    }
  });

  test('with a value that is not finite is refused', async () => {
    const bytes = Buffer.from(whole);
    const { begin } = (await readGgufFile(fixturePath('gguf', 'llama.gguf'))).tensors.get('output_norm.weight')!;
    bytes.writeUInt32LE(0x7fc00000, begin);
    await writeFile(file, bytes);
    await assert.rejects(readGgufModel(file), hasCode('MODEL_INVALID', /model\.norm\.weight/u));
  });
});

describe('a GGUF file that cannot be loaded is refused with the name of the field', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, Field | null>>, 'MODEL_INVALID' | 'MODEL_UNSUPPORTED', RegExp])[] = [
    ['another architecture', { 'general.architecture': 'gemma2' }, 'MODEL_UNSUPPORTED', /general\.architecture: "gemma2"/u],
    ['several files', { 'split.count': 2 }, 'MODEL_UNSUPPORTED', /split\.count/u],
    ['another scaling of the rotary embedding', { 'llama.rope.scaling.type': 'longrope' }, 'MODEL_UNSUPPORTED', /llama\.rope\.scaling\.type: "longrope"/u],
    ['YaRN without its factor', { 'llama.rope.scaling.type': 'yarn' }, 'MODEL_INVALID', /llama\.rope\.scaling\.factor/u],
    ['YaRN with a factor of its own for attention', { 'llama.rope.scaling.attn_factor': 1.5 }, 'MODEL_UNSUPPORTED', /llama\.rope\.scaling\.attn_factor/u],
    ['YaRN of another extrapolation', { 'llama.rope.scaling.yarn_ext_factor': 0.5 }, 'MODEL_UNSUPPORTED', /llama\.rope\.scaling\.yarn_ext_factor/u],
    ['experts', { 'llama.expert_count': 8 }, 'MODEL_UNSUPPORTED', /llama\.expert_count/u],
    ['a field of another kind of model', { 'llama.logit_scale': 0.5 }, 'MODEL_UNSUPPORTED', /llama\.logit_scale/u],
    ['a rotary embedding of a part of each head', { 'llama.rope.dimension_count': 4 }, 'MODEL_UNSUPPORTED', /llama\.rope\.dimension_count/u],
    ['another kind of tokenizer', { 'tokenizer.ggml.model': 'llama' }, 'MODEL_UNSUPPORTED', /tokenizer\.ggml\.model: "llama"/u],
    ['another cut of text', { 'tokenizer.ggml.pre': 'tekken' }, 'MODEL_UNSUPPORTED', /tokenizer\.ggml\.pre: "tekken"/u],
    ['no cut of text', { 'tokenizer.ggml.pre': null }, 'MODEL_UNSUPPORTED', /tokenizer\.ggml\.pre: nothing/u],
    ['no width', { 'llama.embedding_length': null }, 'MODEL_INVALID', /llama\.embedding_length/u],
    ['heads by layer', { 'llama.attention.head_count': [4, 4] }, 'MODEL_INVALID', /llama\.attention\.head_count/u],
    ['heads that do not share keys evenly', { 'llama.attention.head_count_kv': 3 }, 'MODEL_INVALID', /head_count_kv/u],
    ['no epsilon', { 'llama.attention.layer_norm_rms_epsilon': null }, 'MODEL_INVALID', /layer_norm_rms_epsilon/u],
    ['more blocks than tensors', { 'llama.block_count': 60_000_000 }, 'MODEL_INVALID', /llama\.block_count/u],
    ['fewer blocks than tensors', { 'llama.block_count': 1 }, 'MODEL_UNSUPPORTED', /blk\.1\./u],
    ['tensors of another width', { 'llama.embedding_length': 64 }, 'MODEL_INVALID', /token_embd\.weight/u],
    ['an end token outside of the vocabulary', { 'tokenizer.ggml.eos_token_id': 300 }, 'MODEL_INVALID', /tokenizer\.ggml\.eos_token_id/u],
    ['merges of unknown tokens', { 'tokenizer.ggml.merges': ['a bcdefg'] }, 'MODEL_INVALID', /tokenizer\.ggml\.merges/u],
    ['no kinds of tokens', { 'tokenizer.ggml.token_type': null }, 'MODEL_INVALID', /tokenizer\.ggml\.token_type/u],
    ['an alignment of 0', { 'general.alignment': 0 }, 'MODEL_INVALID', /alignment/u],
  ];
  for (const [what, fields, code, words] of cases) {
    test(what, async () => {
      await writeFile(file, await changedGguf('llama', fields));
      await assert.rejects(readGgufModel(file), hasCode(code, words));
    });
  }

  test('or of the tensor, where its kind is not known', async () => {
    const name = Buffer.from('blk.1.ffn_down.weight');
    const bytes = Buffer.from(whole);
    bytes.writeUInt32LE(13, whole.indexOf(name) + name.length + 4 + 2 * 8);
    await writeFile(file, bytes);
    await assert.rejects(readGgufModel(file), hasCode('MODEL_UNSUPPORTED', /blk\.1\.ffn_down\.weight.*Q5_K/u));
  });
});
