/** Passes in this thread, products by the TensorFlow.js backend, which has threads of its own. In: the model, places in the memory of sampling. Wrong: OUT_OF_MEMORY. */
import type { PolicyModel } from '../model/policy-model.ts';
import type { Arena } from './arena.ts';
import { BackendProducts } from './backend-products.ts';
import { openKernels } from './kernels/open-kernels.ts';
import type { PassRunner } from './pass-runner.ts';
import type { PassPlaces, RowPass } from './row-pass.ts';
import { RowRunner } from './row-runner.ts';
import { placeScratch } from './scratch.ts';
import { TeamControl } from './team-control.ts';

export class BackendRunner implements PassRunner {
  readonly #control = new TeamControl();
  readonly #runner: RowRunner;

  constructor(model: PolicyModel, arena: Arena, places: PassPlaces) {
    const { memory } = arena;
    const products = new BackendProducts(memory, model.weights);
    const scratch = placeScratch(model.weights.config, products.rowsAtOnce, arena);
    this.#runner = new RowRunner({ memory, kernels: openKernels(memory), model, products, places, scratch });
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  run(pass: RowPass): void {
    this.#control.lead(pass, 1, this.#runner);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
