import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { elementCount, type HostTensor } from '../../../../infra/engine/model-files/host-tensor.ts';
import { readSafetensors } from '../../../../infra/engine/model-files/read-safetensors.ts';
import { writeSafetensors } from '../../../../infra/engine/model-files/write-safetensors.ts';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { hasCode } from './has-code.ts';

let folder: string;
let path: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
  path = join(folder, 'x.safetensors');
});
after(() => rm(folder, { recursive: true }));

describe('a safetensors file', () => {
  test('is written with the bytes that the reference implementation writes', async () => {
    const reference = fixturePath('golden', 'qwen3', 'model.safetensors');
    const { tensors, metadata } = await readSafetensors(reference);
    await writeSafetensors(path, tensors, metadata);
    assert(Buffer.compare(await readFile(path), await readFile(reference)) === 0);
  });

  test('gives back names, shapes and every bit of the values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme' }), tensor(), { noNullPrototype: true }), async (record) => {
        fc.pre(!Object.hasOwn(record, '__metadata__'));
        const tensors = new Map(Object.entries(record));
        await writeSafetensors(path, tensors, { note: 'ünï' });
        const read = await readSafetensors(path);
        assert.deepEqual(read.metadata, { note: 'ünï' });
        assert.deepEqual(new Set(read.tensors.keys()), new Set(tensors.keys()));
        for (const [name, { shape, data }] of tensors) {
          assert.deepEqual(read.tensors.get(name)?.shape, shape);
          assert.deepEqual(bits(read.tensors.get(name)!.data), bits(data));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('has the same bytes in whatever order the tensors come', async () => {
    const a = { shape: [2], data: Float32Array.of(1, 2) };
    const b = { shape: [], data: Float32Array.of(3) };
    await writeSafetensors(path, new Map([['a', a], ['b', b], ['10', b]]));
    const first = await readFile(path);
    await writeSafetensors(path, new Map([['10', b], ['b', b], ['a', a]]));
    assert(Buffer.compare(first, await readFile(path)) === 0);
  });

  test('has data that begins at a multiple of 8 bytes', async () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde']) {
      await writeSafetensors(path, new Map([[name, { shape: [1], data: Float32Array.of(1) }]]));
      assert.equal((await readFile(path)).readUInt32LE(0) % 8, 0);
    }
  });

  test('writes only the part of a buffer that a tensor views', async () => {
    const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    await writeSafetensors(path, new Map([['v', { shape: [2], data: view }]]));
    assert.deepEqual([...(await readSafetensors(path)).tensors.get('v')!.data], [2, 3]);
  });

  test('leaves nothing but itself in the folder', async () => {
    await writeSafetensors(path, new Map());
    assert.deepEqual(await readdir(folder), ['x.safetensors']);
  });

  test('is not written where a shape does not fit its data', async () => {
    const bad = new Map([['v', { shape: [3], data: Float32Array.of(1) }]]);
    await assert.rejects(writeSafetensors(path, bad), hasCode('MODEL_INVALID', /"v"/u));
  });

  test('that cannot be written says so', async () => {
    await assert.rejects(writeSafetensors(join(folder, 'missing', 'x'), new Map()), hasCode('NOT_WRITABLE'));
  });

  test('widens half and bfloat16 numbers exactly', async () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x8000, 0x7c00, 0xfc00);
    const brains = Uint16Array.of(0x3f80, 0xc000, 0x7f7f, 0x0001);
    const header = {
      b: { dtype: 'BF16', shape: [4], data_offsets: [16, 24] },
      h: { dtype: 'F16', shape: [8], data_offsets: [0, 16] },
    };
    await writeFile(path, raw(header, Buffer.concat([bytesOf(halves), bytesOf(brains)])));
    const { tensors } = await readSafetensors(path);
    const expected = [1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, -0, Infinity, -Infinity];
    assert.deepEqual([...tensors.get('h')!.data], expected);
    assert.deepEqual([...tensors.get('b')!.data], [1, -2, Math.fround(3.3895313892515355e38), 2 ** -133]);
  });

  test('keeps NaN a NaN in every width', async () => {
    const header = { b: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] }, h: { dtype: 'F16', shape: [1], data_offsets: [2, 4] } };
    await writeFile(path, raw(header, bytesOf(Uint16Array.of(0x7fc0, 0x7e00))));
    const { tensors } = await readSafetensors(path);
    assert(Number.isNaN(tensors.get('b')!.data[0]) && Number.isNaN(tensors.get('h')!.data[0]));
  });
});

describe('a damaged safetensors file is refused', () => {
  const eight = Buffer.alloc(8);
  const entry = (change: object): object => ({ t: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...change } });
  for (const [what, bytes, words] of [
    ['that is empty', Buffer.alloc(0), /0 bytes/u],
    ['with a header longer than the file', sized(1000n), /1000 bytes/u],
    ['with an absurd header length', sized(2n ** 63n), /9223372036854775808/u],
    ['with a header that is not JSON', raw('{"t":', eight), /not JSON/u],
    ['with a header that is a list', raw([], eight), /not a JSON object/u],
    ['with a tensor that is not an object', raw({ t: 3 }, eight), /"t"/u],
    ['with a negative size', raw(entry({ shape: [-2] }), eight), /"t"/u],
    ['with a fractional size', raw(entry({ shape: [0.5] }), eight), /"t"/u],
    ['with a size that overflows', raw(entry({ shape: [2 ** 40, 2 ** 40] }), eight), /"t"/u],
    ['with a range that does not fit the shape', raw(entry({ shape: [3] }), eight), /"t"/u],
    ['with a range that ends before it begins', raw(entry({ data_offsets: [8, 0] }), eight), /"t"/u],
    ['with data missing', raw(entry({}), eight.subarray(4)), /8 bytes/u],
    ['with data left over', raw(entry({}), Buffer.alloc(12)), /12/u],
    ['with a gap', raw({ ...entry({}), u: { dtype: 'F32', shape: [1], data_offsets: [12, 16] } }, Buffer.alloc(16)), /"u"/u],
    ['with an overlap', raw({ ...entry({}), u: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }, eight), /"u"/u],
    ['with metadata that is not text', raw({ __metadata__: { a: 1 } }, Buffer.alloc(0)), /__metadata__/u],
  ] as const) {
    test(what, async () => {
      await writeFile(path, bytes);
      await assert.rejects(readSafetensors(path), hasCode('MODEL_INVALID', words));
    });
  }

  test('and one of another dtype is named', async () => {
    await writeFile(path, raw(entry({ dtype: 'I64', shape: [1] }), eight));
    await assert.rejects(readSafetensors(path), hasCode('MODEL_UNSUPPORTED', /I64/u));
  });

  test('and one that is missing is named', async () => {
    await assert.rejects(readSafetensors(join(folder, 'none')), hasCode('MODEL_INVALID', /none/u));
  });

  test('however its bytes are changed: it reads or is refused, and never crashes', async () => {
    await writeSafetensors(path, new Map([['a', { shape: [2, 2], data: new Float32Array(4) }], ['b', { shape: [3], data: new Float32Array(3) }]]));
    const whole = await readFile(path);
    const mutation = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255), length: fc.nat(whole.length) });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ at, value, length }) => {
        const changed = Buffer.from(whole);
        changed[at] = value;
        await writeFile(path, changed.subarray(0, Math.max(length, at + 1)));
        await readSafetensors(path).catch((error: unknown) => assert(error instanceof PretrainZeroError, String(error)));
      }),
    );
  });
});

function tensor(): fc.Arbitrary<HostTensor> {
  return fc.array(fc.nat(4), { maxLength: 3 }).chain((shape) => {
    const size = elementCount(shape);
    return fc.float32Array({ minLength: size, maxLength: size }).map((data) => ({ shape, data }));
  });
}

function bits(data: Float32Array): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length);
}

function bytesOf(values: Uint16Array): Uint8Array {
  return new Uint8Array(values.buffer);
}

/** A file with that header, whatever it says. */
function raw(header: unknown, data: Uint8Array): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  return Buffer.concat([sized(BigInt(text.length)), text, data]);
}

function sized(length: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(length);
  return bytes;
}
