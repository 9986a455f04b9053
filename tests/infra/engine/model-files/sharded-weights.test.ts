import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { HostTensor, Weights } from '../../../../infra/engine/model-files/host-tensor.ts';
import { readModelConfig, type ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { readModelWeights } from '../../../../infra/engine/model-files/read-model-weights.ts';
import { bytesPerElement, type FloatKind } from '../../../../infra/engine/model-files/safetensors-header.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { hasCode } from './has-code.ts';

const kinds: readonly FloatKind[] = ['F32', 'F16', 'BF16'];
const shardName = (shard: number): string => `model-0000${shard + 1}-of-00003.safetensors`;

let config: ModelConfig;
let weights: Weights;
let folder: string;
const folders: string[] = [];
before(async () => {
  const source = fixturePath('golden', 'mistral');
  config = await readModelConfig(source);
  weights = new Map();
  for (const [name, { shape, data }] of await readModelWeights(source, config)) weights.set(name, { shape, data: data.map(sixteenth) });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shards-'));
  folders.push(folder);
});
after(() => Promise.all(folders.map((path) => rm(path, { recursive: true }))));

describe('weights in shards', () => {
  test('are read whatever float kinds are mixed in one shard', async () => {
    await writeShards((name) => kinds[name.length % 3]!);
    assert.deepEqual(await readModelWeights(folder, config), weights);
  });

  for (const kind of kinds) {
    test(`are read in ${kind}`, async () => {
      await writeShards(() => kind);
      assert.deepEqual(await readModelWeights(folder, config), weights);
    });
  }

  test('are refused where shards are missing, by their names', async () => {
    await writeShards();
    await rm(join(folder, shardName(1)));
    await assert.rejects(readModelWeights(folder, config), hasCode('MODEL_INVALID', /model-00002-of-00003\.safetensors/u));
  });

  test('are refused where a shard lacks what the index has in it, by tensor and shard', async () => {
    await writeShards();
    await writeIndex({ ghost: shardName(2) });
    await assert.rejects(readModelWeights(folder, config), (error: Error) => {
      assert.ok(hasCode('MODEL_INVALID', /ghost/u)(error));
      assert.match(error.message, /model-00003-of-00003/u);
      return true;
    });
  });

  test('are refused where a tensor is in another shard than the index has it', async () => {
    await writeShards();
    await writeIndex({ 'model.norm.weight': shardName(0) });
    await assert.rejects(readModelWeights(folder, config), hasCode('MODEL_INVALID', /model\.norm\.weight/u));
  });

  for (const [what, index] of [
    ['reach out of the folder', { weight_map: { a: '../a.safetensors' } }],
    ['are not safetensors', { weight_map: { a: 'a.bin' } }],
    ['are not named', { weight_map: { a: 3 } }],
    ['have no map', {}],
    ['have null for an index', null],
  ] as const) {
    test(`are refused where they ${what}`, async () => {
      await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
      await assert.rejects(readModelWeights(folder, config), hasCode('MODEL_INVALID', /weight_map/u));
    });
  }
});

/** Representable in every float kind. */
function sixteenth(value: number): number {
  return Math.max(-7, Math.min(7, Math.round(16 * value))) / 16;
}

/** Every third tensor in a shard. */
function shardOf(index: number): string {
  return shardName(index % 3);
}

async function writeShards(kindOf: (name: string) => FloatKind = () => 'F32'): Promise<void> {
  for (let shard = 0; shard < 3; shard++) {
    const some = [...weights].filter((_, i) => shardOf(i) === shardName(shard));
    await writeFile(join(folder, shardName(shard)), safetensors(some, kindOf));
  }
  await writeIndex({});
}

async function writeIndex(changes: Readonly<Record<string, string>>): Promise<void> {
  const map = Object.fromEntries([...weights.keys()].map((name, i) => [name, shardOf(i)]));
  await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify({ metadata: {}, weight_map: { ...map, ...changes } }));
}

function safetensors(tensors: readonly (readonly [string, HostTensor])[], kindOf: (name: string) => FloatKind): Uint8Array {
  const header: Record<string, unknown> = {};
  const pieces: Uint8Array[] = [];
  let begin = 0;
  for (const [name, { shape, data }] of tensors) {
    const bytes = stored(kindOf(name), data);
    header[name] = { dtype: kindOf(name), shape, data_offsets: [begin, (begin += bytes.length)] };
    pieces.push(bytes);
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...pieces]);
}

/** The values' bytes; for a 16-bit kind the bits that are cut off are 0, and F16 has normal numbers and 0 alone. */
function stored(kind: FloatKind, values: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(values.length * bytesPerElement[kind]);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (const [i, word] of bits.entries()) {
    if (kind === 'F32') bytes.writeUInt32LE(word, 4 * i);
    else if (kind === 'BF16') bytes.writeUInt16LE(word >>> 16, 2 * i);
    else if (values[i] === 0) bytes.writeUInt16LE((word >>> 31) << 15, 2 * i);
    else bytes.writeUInt16LE(((word >>> 31) << 15) | ((((word >>> 23) & 0xff) - 112) << 10) | ((word >>> 13) & 0x3ff), 2 * i);
  }
  return bytes;
}
