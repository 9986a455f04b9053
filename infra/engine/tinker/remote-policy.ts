/**
 * The weights of one run on the server: which model trains them, who samples by them, what was saved of them. In: a session. Out: model and sampler of the current version, opened when they are first needed. Fails as the session
 * does; ENGINE_FAILED where gradients should be dropped and the server cannot, and where weights to sample by shall be trained.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { SamplingClient } from './client/sampling-client.ts';
import type { TinkerSession } from './client/tinker-session.ts';
import type { TrainingClient } from './client/training-client.ts';
import { consumeGradients } from './consume-gradients.ts';
import { openCleanModel } from './open-clean-model.ts';
import type { RemoteState } from './remote-state.ts';
import type { TinkerEngineOptions } from './tinker-options.ts';

/** Where the current model can be had anew. */
interface Origin {
  readonly version: number;
  /** Null: the base model. */
  readonly path: string | null;
}

export class RemotePolicy {
  readonly #session: TinkerSession;
  readonly #options: TinkerEngineOptions;
  #origin: Origin = { version: 0, path: null };
  /** Weights that can only be sampled by. */
  #samplerPath: string | null = null;
  #model: TrainingClient | null = null;
  #sampler: SamplingClient | null = null;
  /** Checkpoints that the current version is sampled by. */
  #samplers: string[] = [];
  #version = 0;
  /** Whether gradients lie on the server. */
  #accumulated = false;
  #saves = 0;
  readonly #states: string[] = [];

  constructor(session: TinkerSession, options: TinkerEngineOptions) {
    this.#session = session;
    this.#options = options;
  }

  get version(): number {
    return this.#version;
  }

  async model(): Promise<TrainingClient> {
    if (this.#samplerPath !== null) throw new PretrainZeroError('ENGINE_FAILED', `${this.#samplerPath} can be sampled by and not trained`);
    if (this.#model !== null) return this.#model;
    const model = await openCleanModel(this.#session, this.#options);
    if (this.#origin.path !== null) await model.loadState(this.#origin.path);
    return (this.#model = model);
  }

  async sampler(): Promise<SamplingClient> {
    if (this.#sampler !== null) return this.#sampler;
    if (this.#samplerPath !== null) return (this.#sampler = await this.#session.openSampler(this.#samplerPath));
    const { client, checkpoint } = await (await this.model()).sampler();
    this.#samplers.push(checkpoint);
    return (this.#sampler = client);
  }

  accumulated(): void {
    this.#accumulated = true;
  }

  /**
   * Before a step: nobody may sample by these weights any more. On JAX a sampler lies in the slot of the model itself, so that one of an older version would be loaded over the weights that are
   * trained.
   */
  async withdrawSamplers(): Promise<void> {
    this.#sampler = null;
    for (const checkpoint of this.#samplers.splice(0)) await this.#model?.forget('sampler_weights', checkpoint);
  }

  /** The weights are of the next version. */
  stepped(): void {
    this.#accumulated = false;
    this.#version++;
  }

  async discard(): Promise<void> {
    if (!this.#accumulated) return;
    if (this.#origin.version !== this.#version) {
      throw new PretrainZeroError('ENGINE_FAILED', `the server cannot drop the gradients of an update that was refused, and weights of version ${this.#version} were not saved: what is saved is version ${this.#origin.version}`);
    }
    await this.retire(); // another one is opened from where this one began
  }

  /** @param kind what the saved weights are for */
  async save(kind: RemoteState['kind']): Promise<RemoteState> {
    const { model, lora, keepStates } = this.#options;
    const client = await this.model();
    const name = `version-${String(this.#version).padStart(6, '0')}-${this.#saves++}`;
    const path = kind === 'state' ? await client.saveState(name) : await client.publish(name);
    if (kind === 'sampler') this.#samplers.push(nameIn(path));
    else {
      this.#origin = { version: this.#version, path };
      this.#states.push(nameIn(path));
      for (const old of this.#states.splice(0, Math.max(0, this.#states.length - keepStates))) await client.forget('weights', old);
    }
    return { version: this.#version, kind, path, model, rank: lora?.rank ?? 0 };
  }

  async load({ version, kind, path }: RemoteState): Promise<void> {
    await this.retire();
    this.#version = version;
    this.#samplerPath = kind === 'sampler' ? path : null;
    this.#origin = { version, path: kind === 'state' ? path : null };
    this.#states.length = 0; // those of another model are not this one's to remove
    if (kind === 'state') await this.model();
    else await this.sampler();
  }

  /** Unloads the model, its gradients consumed. */
  async retire(): Promise<void> {
    const model = this.#model;
    this.#model = null;
    this.#sampler = null;
    this.#samplers = [];
    if (model === null) return;
    if (this.#accumulated) await consumeGradients(model, this.#options.optimiser);
    this.#accumulated = false;
    await model.unload();
  }
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
