/**
 * The arithmetic of sampling in WebAssembly with 128-bit vectors, on a memory that threads share. In: the memory. Out: its kernels, as functions of addresses; each
 * thread opens its own. Where the native library is loaded, products are done there, to the same bits. What they are is said where they are written. Wrong: a trap for an address beyond the memory.
 */
import { importMemory, Module } from 'wasmati';
import { attendKernel } from './attend.ts';
import { invertKernel, weighKernel } from './distribution.ts';
import { multiplyKernel } from './multiply.ts';
import { nativeKernels } from './native-kernels.ts';
import { rmsNormKernel } from './rms-norm.ts';
import { swiGluKernel } from './swi-glu.ts';
import { mostPages, wasm, type WasmMemory } from './web-assembly.ts';

export interface Kernels {
  multiply(x: number, strideX: number, rows: number, inputs: number, panels: number, panelCount: number, y: number, strideY: number): void;
  multiplyAdd(x: number, strideX: number, rows: number, inputs: number, panels: number, panelCount: number, y: number, strideY: number): void;
  rmsNorm(x: number, rows: number, stride: number, width: number, eps: number, y: number): void;
  swiGlu(gate: number, rows: number, strideIn: number, up: number, columns: number, activated: number, strideOut: number): void;
  attend(
    queries: number,
    queryCount: number,
    segments: number,
    keys: number,
    values: number,
    length: number,
    seenFrom: number,
    scores: number,
    out: number,
    headDim: number,
  ): void;
  weigh(logits: number, count: number, temperature: number, weights: number): number;
  invert(weights: number, count: number, threshold: number): number;
}

export function openKernels(memory: WasmMemory): Kernels {
  return { ...openWasmKernels(memory), ...nativeKernels(memory) };
}

export function openWasmKernels(memory: WasmMemory): Kernels {
  const module = Module({
    memory: importMemory({ min: 1, max: mostPages, shared: true }, memory as unknown as Parameters<typeof importMemory>[1]),
    exports: {
      multiply: multiplyKernel(false),
      multiplyAdd: multiplyKernel(true),
      rmsNorm: rmsNormKernel(),
      swiGlu: swiGluKernel(),
      attend: attendKernel(),
      weigh: weighKernel(),
      invert: invertKernel(),
    },
  });
  const { exports } = new wasm.Instance(new wasm.Module(module.toBytes()), module.importMap as object);
  return exports as Kernels;
}
