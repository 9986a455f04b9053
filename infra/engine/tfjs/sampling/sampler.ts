/**
 * Sampling from the policy: all groups of a request together, each shared beginning of prompts computed once, a finished row's place taken at once by a waiting sample. In:
 * requests of the port. Out: one list of samples a group, in the order asked. Wrong: NOT_A_NUMBER, OUT_OF_MEMORY, MODEL_UNSUPPORTED, ENGINE_FAILED. A sample is a
 * function of (weights, prompt, seed) alone, whatever else is asked for, however many rows and threads there are: to the bit where the kernels compute it, which they do but on
 * WebGPU and for large models on a native backend; there log-probabilities agree to about 1e-5, and tokens but for draws that fall between two of them by so little.
 */
import { setImmediate } from 'node:timers/promises';
import type { GenerateProgress, GenerateRequest, Sample } from '../../../../operators/ports/engine.ts';
import type { BackendName } from '../backend/open-backend.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { SampleRequest } from './sample-request.ts';
import { SamplingDevice, type RunnerName, type SamplingDeviceOptions } from './sampling-device.ts';
import { fitsShaders } from './webgpu/fits-shaders.ts';

/** Rows of a pass over prompts: enough for every thread. */
const promptRows = 512;
/** Parameters from which a native backend's products are quicker than the kernels', though rows go to it and back. */
const large = 32e6;

/** Whether a native backend makes the products of sampling, in the engine's thread. */
export function samplesOnBackend(parameters: number): boolean {
  return parameters >= large;
}

export class Sampler {
  readonly #model: PolicyModel;
  readonly #maxRows: number;
  readonly #options: SamplingDeviceOptions;
  #device: SamplingDevice | null = null;

  /** @param backend of the model, in this thread where it is a native one; @param maxRows samples decoded together */
  constructor(model: PolicyModel, backend: BackendName, threads: number, maxRows: number) {
    this.#model = model;
    this.#maxRows = maxRows;
    this.#options = { runner: runnerFor(model, backend), threads, capacity: Math.max(maxRows, promptRows) };
  }

  async generate(request: GenerateRequest, progress: GenerateProgress): Promise<Sample[][]> {
    const device = (this.#device ??= new SamplingDevice(this.#model, this.#options));
    const samples = new SampleRequest(request, this.#model.weights.config, device, this.#maxRows);
    await device.prepare();
    try {
      while (!samples.isDone) {
        const sampled = samples.advance();
        if (sampled > 0) progress(sampled, samples.unfinished);
        await setImmediate(); // lets messages through
      }
      return samples.results();
    } finally {
      samples.release();
    }
  }

  /** The weights changed. */
  refresh(): void {
    this.#device?.refresh();
  }

  async close(): Promise<void> {
    await this.#device?.close();
    this.#device = null;
  }
}

function runnerFor({ weights: { config, parameters } }: PolicyModel, backend: BackendName): RunnerName {
  if (backend === 'webgpu' && fitsShaders(config)) return 'webgpu';
  return backend !== 'wasm' && samplesOnBackend(parameters) ? 'backend' : 'kernels';
}
