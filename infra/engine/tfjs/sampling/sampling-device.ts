/**
 * The memory of sampling and what computes in it. In: a model, what is to compute, a number of threads, most rows of a pass. Out: passes done. Wrong: OUT_OF_MEMORY,
 * ENGINE_FAILED; MODEL_UNSUPPORTED for heads that no vector fits.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { Linear } from '../model/linear.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { Arena } from './arena.ts';
import { BackendRunner } from './backend-runner.ts';
import { CacheBlocks } from './cache-blocks.ts';
import { paddedColumns } from './packed-model.ts';
import type { PassRunner } from './pass-runner.ts';
import { PassWriter } from './pass-writer.ts';
import { placePass, type RowPass } from './row-pass.ts';
import { Team } from './team.ts';
import { WebGpuRunner } from './webgpu/webgpu-runner.ts';

export type RunnerName = 'kernels' | 'backend' | 'webgpu';

export interface SamplingDeviceOptions {
  /** `kernels`, in threads; `backend`: products by the TensorFlow.js backend, which must run in this thread; `webgpu`: all on its device, likewise. */
  readonly runner: RunnerName;
  readonly threads: number;
  /** Rows, outputs and draws of a pass. */
  readonly capacity: number;
}

export class SamplingDevice {
  readonly cache: CacheBlocks;
  readonly writer: PassWriter;
  /** Floats of a hidden state. */
  readonly stride: number;
  readonly capacity: number;
  /** Output projection. */
  readonly head: Linear;
  readonly #runner: PassRunner;
  #weightsChanged = true;

  constructor(model: PolicyModel, { runner, threads, capacity }: SamplingDeviceOptions) {
    const { config } = model.weights;
    if (config.headDim % 4 !== 0) {
      throw new PretrainZeroError('MODEL_UNSUPPORTED', `Heads of ${config.headDim} dimensions cannot be sampled from: not a multiple of 4`, { key: 'head_dim' });
    }
    const arena = new Arena();
    this.capacity = capacity;
    this.head = model.weights.head;
    this.stride = paddedColumns(config.width);
    const places = placePass(arena, capacity, this.stride);
    this.writer = new PassWriter(arena, places);
    this.cache = new CacheBlocks(config, arena);
    const runners: Record<RunnerName, () => PassRunner> = {
      kernels: () => new Team(model, arena, places, threads),
      backend: () => new BackendRunner(model, arena, places),
      webgpu: () => new WebGpuRunner(model, arena, places, this.cache.bytes),
    };
    this.#runner = runners[runner]();
  }

  /** Before the passes of a request. */
  async prepare(): Promise<void> {
    await this.#runner.prepare(this.#weightsChanged);
    this.#weightsChanged = false;
  }

  run(pass: RowPass): void {
    this.#runner.run(pass);
  }

  refresh(): void {
    this.#weightsChanged = true;
  }

  close(): Promise<void> {
    return this.#runner.close();
  }
}
