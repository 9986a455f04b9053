/**
 * Passes by the kernels, in this thread and others that are started with the first request. In: the model, places in shared memory, a number of threads. Wrong:
 * OUT_OF_MEMORY; ENGINE_FAILED where a thread fails. How many there are changes no bit of a result.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { Weights } from '../../model-files/host-tensor.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { nativeLibrary } from '../backend/native-library.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import type { Arena } from './arena.ts';
import { openKernels } from './kernels/open-kernels.ts';
import type { WasmMemory } from './kernels/web-assembly.ts';
import { KernelProducts, kernelRows } from './kernel-products.ts';
import { fillModel, placeModel, type PackedMatrix } from './packed-model.ts';
import type { PassRunner } from './pass-runner.ts';
import type { PassPlaces, RowPass } from './row-pass.ts';
import { RowRunner } from './row-runner.ts';
import { placeScratch, type Scratch } from './scratch.ts';
import { TeamControl } from './team-control.ts';

/** What a thread is started with; its arrays are shared, not copied. */
export interface TeamMember {
  readonly index: number;
  readonly control: SharedArrayBuffer;
  readonly memory: WasmMemory;
  readonly config: ModelConfig;
  readonly weights: Weights;
  readonly packed: readonly PackedMatrix[];
  readonly places: PassPlaces;
  readonly scratch: Scratch;
  /** Whether kernels are the native library's, as in the thread that leads. */
  readonly isNative: boolean;
}

/** Fewer rows are done sooner than another thread wakes up. */
const rowsForTwo = 8;

export class Team implements PassRunner {
  readonly #control = new TeamControl();
  readonly #model: PolicyModel;
  readonly #arena: Arena;
  readonly #packed: readonly PackedMatrix[];
  readonly #places: PassPlaces;
  readonly #scratch: readonly Scratch[];
  readonly #leader: RowRunner;
  #others: readonly Worker[] = [];
  #isBroken = false;

  constructor(model: PolicyModel, arena: Arena, places: PassPlaces, threads: number) {
    this.#model = model;
    this.#arena = arena;
    this.#packed = placeModel(model.weights, arena);
    this.#places = places;
    this.#scratch = Array.from({ length: threads }, () => placeScratch(model.weights.config, kernelRows, arena));
    const { memory } = arena;
    const kernels = openKernels(memory);
    this.#leader = new RowRunner({ memory, kernels, model, products: new KernelProducts(kernels, this.#packed), places, scratch: this.#scratch[0]! });
  }

  /** Lays the weights out where they have changed, and starts the other threads where they are not there yet. */
  async prepare(weightsChanged: boolean): Promise<void> {
    if (weightsChanged) fillModel(this.#packed, this.#model.weights, this.#arena);
    if (this.#others.length === this.#scratch.length - 1) return;
    const { config, tensors: weights } = this.#model.weights;
    const shared = { control: this.#control.buffer, memory: this.#arena.memory, config, weights, packed: this.#packed, places: this.#places, isNative: nativeLibrary() !== null };
    const others = this.#scratch.slice(1).map((scratch, i) => {
      const workerData: TeamMember = { ...shared, index: i + 1, scratch };
      return new Worker(new URL('./team-worker.js', import.meta.url), { workerData, name: `sampling ${i + 2}` });
    });
    await Promise.all(others.map((worker) => once(worker, 'message')));
    for (const worker of others) {
      worker.unref();
      worker.once('exit', () => (this.#isBroken = this.#others.length > 0));
    }
    this.#others = others;
  }

  run(pass: RowPass): void {
    if (this.#isBroken) throw new PretrainZeroError('ENGINE_FAILED', 'A thread of sampling has ended');
    this.#control.lead(pass, pass.count < rowsForTwo ? 1 : this.#others.length + 1, this.#leader);
  }

  async close(): Promise<void> {
    const others = this.#others;
    this.#others = [];
    await Promise.all(others.map((worker) => worker.terminate()));
  }
}
