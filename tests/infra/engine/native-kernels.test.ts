/** The kernels of sampling by the native library, each against the one in WebAssembly, to the bit. Where `npm run setup:native` has not been, this says so. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { loadNativeLibrary } from '../../../infra/engine/tfjs/backend/native-library.ts';
import { nativeKernels, type NativeKernels } from '../../../infra/engine/tfjs/sampling/kernels/native-kernels.ts';
import { openWasmKernels, type Kernels } from '../../../infra/engine/tfjs/sampling/kernels/open-kernels.ts';
import { wasm } from '../../../infra/engine/tfjs/sampling/kernels/web-assembly.ts';
import { isAbsent } from './tested-backend.ts';

const skip = isAbsent('node');

describe('native kernels of sampling', { skip }, () => {
  const memory = new wasm.Memory({ initial: 64, maximum: 65536, shared: true });
  const floats = new Float32Array(memory.buffer);
  const expected = openWasmKernels(memory);
  let actual: NativeKernels;
  before(() => {
    assert.equal(loadNativeLibrary(), null);
    const found = nativeKernels(memory);
    assert(found !== null, 'the native library is not beside the binding: npm run setup:native');
    actual = found;
  });

  let used = 0;
  /** The address of room for so many floats, with values from -4 to 4. */
  function place(length: number): number {
    const address = used;
    for (let i = 0; i < length; i++) floats[address / 4 + i] = 4 * Math.sin(1 + (address / 4 + i) * 1.7);
    used += 4 * ((length + 47) & ~15);
    return address;
  }
  /** What `run` leaves in `length` floats, by both. */
  function assertSameBits(out: number, length: number, run: (kernels: Pick<Kernels, keyof NativeKernels>) => void): void {
    const start = floats.slice();
    const result = (kernels: Pick<Kernels, keyof NativeKernels>): Float32Array => {
      floats.set(start);
      run(kernels);
      return floats.slice(out / 4, out / 4 + length);
    };
    assert.deepEqual(result(actual), result(expected));
  }
  const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

  for (const kernel of ['multiply', 'multiplyAdd'] as const) {
    test(`${kernel}, whatever number of rows, inputs and panels`, () => {
      fc.assert(
        fc.property(upTo(21), upTo(40), upTo(20), (rows, inputs, panels) => {
          used = 1024;
          const columns = 8 * panels;
          const [x, weights, y] = [place(rows * inputs), place(inputs * columns), place(rows * columns)];
          assertSameBits(y, rows * columns, (kernels) => kernels[kernel](x, 4 * inputs, rows, inputs, weights, panels, y, 4 * columns));
        }),
        { numRuns: 40 },
      );
    });
  }
});
