/**
 * The model in the memory of sampling, and the threads that compute with it. In: a model, a number of threads, most rows of a pass. Out: passes done. The weights are laid out
 * when they are first needed after a change. Wrong: OUT_OF_MEMORY, MODEL_UNSUPPORTED, ENGINE_FAILED.
 */
import type { PolicyModel } from '../model/policy-model.ts';
import { Arena } from './arena.ts';
import { CacheBlocks } from './cache-blocks.ts';
import { fillModel, paddedColumns, placeModel, type PackedModel } from './packed-model.ts';
import { PassWriter } from './pass-writer.ts';
import { placePass, type RowPass } from './row-pass.ts';
import { Team } from './team.ts';

export class SamplingDevice {
  readonly cache: CacheBlocks;
  readonly writer: PassWriter;
  /** Floats of a hidden state. */
  readonly stride: number;
  /** Rows of a pass. */
  readonly capacity: number;
  readonly #model: PolicyModel;
  readonly #arena = new Arena();
  readonly #packed: PackedModel;
  readonly #team: Team;
  #isFilled = false;

  constructor(model: PolicyModel, threads: number, capacity: number) {
    const { config } = model.weights;
    this.#model = model;
    this.capacity = capacity;
    this.stride = paddedColumns(config.width);
    this.#packed = placeModel(model.weights, this.#arena);
    const places = placePass(this.#arena, capacity, this.stride);
    this.writer = new PassWriter(this.#arena, places);
    this.cache = new CacheBlocks(config, this.#arena);
    this.#team = new Team(model, this.#arena, this.#packed, places, threads);
  }

  /** Before the passes of a request. */
  async prepare(): Promise<void> {
    if (!this.#isFilled) fillModel(this.#packed, this.#model.weights, this.#arena);
    this.#isFilled = true;
    await this.#team.prepare();
  }

  run(pass: RowPass): void {
    this.#team.run(pass);
  }

  /** The weights changed. */
  refresh(): void {
    this.#isFilled = false;
  }

  close(): Promise<void> {
    return this.#team.close();
  }
}
