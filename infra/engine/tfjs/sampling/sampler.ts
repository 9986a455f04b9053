/**
 * Sampling from the policy: all groups of a request together, each shared beginning of prompts computed once, a finished row's place taken at once by a waiting sample. In:
 * requests of the port. Out: one list of samples a group, in the order asked. Wrong: NOT_A_NUMBER, OUT_OF_MEMORY, MODEL_UNSUPPORTED, ENGINE_FAILED. A sample is a
 * function of (weights, prompt, seed) alone, to the bit, whatever else is asked for, however many rows and threads there are.
 */
import { setImmediate } from 'node:timers/promises';
import type { GenerateProgress, GenerateRequest, Sample } from '../../../../operators/ports/engine.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import { SampleRequest } from './sample-request.ts';
import { SamplingDevice } from './sampling-device.ts';

/** Rows of a pass over prompts: enough for every thread. */
const promptRows = 512;

export class Sampler {
  readonly #model: PolicyModel;
  readonly #threads: number;
  readonly #maxRows: number;
  #device: SamplingDevice | null = null;

  /** @param maxRows samples decoded together */
  constructor(model: PolicyModel, threads: number, maxRows: number) {
    this.#model = model;
    this.#threads = threads;
    this.#maxRows = maxRows;
  }

  async generate(request: GenerateRequest, progress: GenerateProgress): Promise<Sample[][]> {
    const device = (this.#device ??= new SamplingDevice(this.#model, this.#threads, Math.max(this.#maxRows, promptRows)));
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
