import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GpuBuffer, WebGpuBackend } from '../../../../../infra/engine/tfjs/backend/gpu.ts';
import { trimFreeBuffers } from '../../../../../infra/engine/tfjs/backend/trim-free-buffers.ts';

test('buffers that are kept for nobody are destroyed once they take more than they may', () => {
  let destroyed = 0;
  const free = [100, 100, 50].map((size) => ({ size, destroy: () => destroyed++ }) as unknown as GpuBuffer);
  const buffers = { freeBuffers: new Map([['a', free.slice(0, 2)], ['b', free.slice(2)]]), numBytesUsed: 40, numBytesAllocated: 290, numFreeBuffers: 3 } as unknown as WebGpuBackend['bufferManager'];
  trimFreeBuffers(buffers, 250);
  assert.deepEqual([destroyed, buffers.numBytesAllocated], [0, 290]);
  trimFreeBuffers(buffers, 249);
  assert.deepEqual([destroyed, buffers.numBytesAllocated, buffers.numFreeBuffers, [...buffers.freeBuffers.values()].flat().length], [3, 40, 0, 0]);
});
