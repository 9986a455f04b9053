/**
 * What the server samples by. In: how weights are written. Out: the name of the version that is asked for, which the server then has; the version before is taken off it, and off the disk. Fails as the client does, and as writing does.
 *
 * A process that was killed may have left a version of the same name there: it is taken off before the new one is loaded.
 */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { RolloutsOptions, WeightsOptions } from './rollouts-options.ts';
import type { ServerClient } from './server-client.ts';
import { weightLoading, type LoadRequest, type WeightLoading } from './weight-loading.ts';

export interface Served {
  /** The weights' optimiser steps. */
  readonly version: number;
  /** As completions name it. */
  readonly model: string;
}

const leaveMs = 30_000;

interface Loaded extends Served {
  readonly name: string;
  readonly directory: string;
}

export class ServedWeights {
  readonly #client: ServerClient;
  readonly #model: string;
  readonly #weights: (WeightsOptions & { readonly loading: WeightLoading }) | null;
  #loaded: Loaded | null = null;

  /** @throws USAGE where the server cannot load such weights while it runs */
  constructor(client: ServerClient, { server, model, weights }: RolloutsOptions) {
    this.#client = client;
    this.#model = model;
    const loading = weights === null ? null : weightLoading(server, weights.kind);
    if (weights !== null && loading === null) throw new PretrainZeroError('USAGE', `${server} cannot load ${weights.kind === 'all' ? 'all weights' : 'an adapter'} while it runs`, { key: 'engine.rollouts.folder' });
    this.#weights = weights === null ? null : { ...weights, loading: loading! };
  }

  /** @param write puts the weights into a folder */
  async at(version: number, write: (directory: string) => Promise<void>, signal: AbortSignal): Promise<Served> {
    if (this.#weights === null) return { version: 0, model: this.#model };
    if (this.#loaded?.version === version) return this.#loaded;
    const { folder, name: prefix, loading } = this.#weights;
    const name = `${prefix}-version-${version}`;
    const directory = join(resolve(folder), name);
    await rm(directory, { recursive: true, force: true });
    await write(directory);
    const before = this.#loaded;
    if (before !== null) await this.#takeOff(before, signal);
    await this.#load(loading, name, directory, signal);
    const loaded: Loaded = { version, model: loading.modelName(this.#model, name), name, directory };
    this.#loaded = loaded;
    return loaded;
  }

  /** The weights of the engine became others of any version. */
  async forget(signal: AbortSignal): Promise<void> {
    if (this.#loaded !== null) await this.#takeOff(this.#loaded, signal);
  }

  /** At the end; what cannot be taken off is when the next one starts. */
  async leave(): Promise<void> {
    const { signal, done } = this.#client.within(leaveMs);
    await this.forget(signal).catch(() => undefined);
    done();
  }

  async #takeOff({ name, directory }: Loaded, signal: AbortSignal): Promise<void> {
    this.#loaded = null;
    const unload = this.#weights!.loading.unload;
    if (unload !== null) await this.#try(unload(name), signal);
    await rm(directory, { recursive: true, force: true });
  }

  async #load({ load, unload }: WeightLoading, name: string, directory: string, signal: AbortSignal): Promise<void> {
    const what = `load ${directory}`;
    try {
      await this.#client.post({ ...load(name, directory), what, signal });
    } catch (error) {
      if (unload === null || !isRefusal(error)) throw error;
      await this.#try(unload(name), signal);
      await this.#client.post({ ...load(name, directory), what, signal });
    }
  }

  /** What is not there need not be taken off. */
  async #try(request: LoadRequest, signal: AbortSignal): Promise<void> {
    await this.#client.post({ ...request, what: 'take off weights', signal }).catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
    });
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof PretrainZeroError && error.code === 'ENGINE_REFUSED';
}
