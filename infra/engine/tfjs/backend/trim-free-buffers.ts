/**
 * The backend keeps each buffer that it has no use for until one of just that size is asked for; packs differ in size from step to step, so that what it keeps would grow without end.
 * In: its buffers, right after a submission. Out: none kept where they take more than `mostFreeBytes`. Nothing can go wrong.
 */
import type { WebGpuBackend } from './gpu.ts';

const mostFreeBytes = 2 ** 31;

/** @param mostFree bytes that may be kept */
export function trimFreeBuffers(buffers: WebGpuBackend['bufferManager'], mostFree = mostFreeBytes): void {
  if (buffers.numBytesAllocated - buffers.numBytesUsed <= mostFree) return;
  for (const free of buffers.freeBuffers.values()) {
    for (const buffer of free.splice(0)) {
      buffers.numBytesAllocated -= buffer.size;
      buffers.numFreeBuffers--;
      buffer.destroy();
    }
  }
}
