import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { dequantise } from '../../../../../infra/engine/model-files/gguf/dequantise.ts';
import { ggufKinds, type GgufKind } from '../../../../../infra/engine/model-files/gguf/gguf-kinds.ts';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';

type Case = Readonly<Record<'bytes' | 'values', string>>; // base64

for (const kind of Object.keys(ggufKinds) as GgufKind[]) {
  test(`blocks of ${kind} have, bit for bit, the values that the reference gives them`, async () => {
    const cases = JSON.parse(await readFile(fixturePath('gguf', 'blocks.json'), 'utf8')) as Readonly<Record<GgufKind, Case>>;
    const source = new Uint8Array(Buffer.from(cases[kind].bytes, 'base64'));
    const expected = new Float32Array(new Uint8Array(Buffer.from(cases[kind].values, 'base64')).buffer);
    assert.equal((source.length / ggufKinds[kind].bytes) * ggufKinds[kind].values, expected.length);
    const actual = new Float32Array(expected.length);
    dequantise(kind, source, actual);
    assert.deepEqual(new Uint32Array(actual.buffer), new Uint32Array(expected.buffer));
  });
}
