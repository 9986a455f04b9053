/**
 * A server of the Tinker protocol, as SkyRL serves it: sessions, models in slots, futures, checkpoints, and the traps of its JAX backend: gradients that nobody consumed go to the next model in the slot, stale samplers
 * are not served, weights load only into a fresh model. It is stricter than SkyRL in one thing: a gap in a model's sequence numbers is refused.
 */
import { createHash } from 'node:crypto';
import { decodeModelPass, type ReadPass } from './decode-model-pass.ts';
import { encodePassOutput, encodeSamples } from './encode-results.ts';
import type { FakeModel, OpenFakeModel } from './fake-compute.ts';
import { FakeFutures, type Result } from './fake-futures.ts';
import type { FakeStore } from './fake-store.ts';
import { Refusal } from './refusal.ts';

export interface FakeTinkerOptions {
  readonly store: FakeStore;
  readonly open: OpenFakeModel;
  readonly model: string;
}

type Body = Readonly<Record<string, unknown>>;

interface Loaded {
  readonly compute: FakeModel;
  readonly slot: number;
  version: number; // steps taken
  last: number; // sequence number
  readonly taken: Map<number, { readonly hash: string; readonly future: string }>;
  requests: number;
}

export class FakeTinker {
  /** What was trained: data of each step, in order. Steps of rate 0 are not among them. */
  readonly steps: { readonly modelId: string; readonly data: number }[] = [];
  heartbeats = 0;
  readonly #options: FakeTinkerOptions;
  readonly #sessions = new Set<string>();
  readonly #models = new Map<string, Loaded>();
  readonly #samplers = new Map<string, string>(); // sampling session -> checkpoint
  readonly #versionOf = new Map<string, number>(); // checkpoint -> steps of its model
  readonly #futures: FakeFutures;
  readonly #slots = new Map<number, ReadPass[]>(); // gradients

  constructor(options: FakeTinkerOptions) {
    this.#options = options;
    this.#futures = new FakeFutures(options.store);
  }

  get loadedModels(): number {
    return this.#models.size;
  }

  forgetFuture(id: string): void {
    this.#futures.forget(id);
  }

  /** As after five minutes without a heartbeat: the models go, their gradients stay. */
  expire(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    await this.#futures.settled();
    for (const { compute } of this.#models.values()) await compute.close();
    this.#models.clear();
  }

  /** @throws Refusal */
  async answer(method: string, path: string, bytes: Uint8Array, type: string): Promise<Result> {
    if (method === 'DELETE') return this.#delete(path);
    if (path === 'get_server_capabilities') return { supported_models: [{ model_name: this.#options.model }] };
    if (path === 'forward_backward') return this.#pass(bytes, type);
    const body = JSON.parse(Buffer.from(bytes).toString('utf8')) as Body;
    switch (path) {
      case 'create_session':
        return { type: 'create_session', session_id: this.#new('session', this.#sessions) };
      case 'session_heartbeat':
        this.#requireSession(body);
        this.heartbeats++;
        return { type: 'session_heartbeat' };
      case 'create_model':
        return this.#createModel(body);
      case 'optim_step':
        return this.#taken(body, (loaded, modelId) => this.#step(loaded, modelId, body));
      case 'save_weights':
        return this.#save(body, 'weights', String(body.path));
      case 'save_weights_for_sampler':
        return this.#save(body, 'sampler_weights', typeof body.path === 'string' ? body.path : `ss${Number(body.sampling_session_seq_id)}_seq${Number(body.seq_id)}`);
      case 'load_weights':
        return this.#load(body);
      case 'create_sampling_session':
        this.#requireSession(body);
        return { sampling_session_id: this.#openSampler(checkpointOf(String(body.model_path))) };
      case 'asample':
        return this.#sample(body);
      case 'unload_model':
        return this.#unload(String(body.model_id));
      case 'retrieve_future':
        return this.#futures.result(String(body.request_id));
      default:
        throw new Refusal(404, 'Not Found');
    }
  }

  #createModel(body: Body): Result {
    this.#requireSession(body);
    if (body.base_model !== this.#options.model) throw new Refusal(400, 'another base model');
    const { rank, seed } = body.lora_config as { rank: number; seed: number };
    const modelId = `model-${this.#options.store.nextId()}`;
    this.#options.store.models.add(modelId);
    return this.#futures.start(async () => {
      const used = [...this.#models.values()].map(({ slot }) => slot);
      let slot = 1;
      while (used.includes(slot)) slot++;
      this.#models.set(modelId, { compute: await this.#options.open({ rank, seed }), slot, version: 0, last: 0, taken: new Map(), requests: 0 });
      return { model_id: modelId, base_model: this.#options.model };
    });
  }

  #unload(modelId: string): Result {
    return this.#futures.start(async () => {
      await this.#loaded(modelId).compute.close();
      this.#models.delete(modelId);
      return { model_id: modelId, status: 'unloaded' };
    });
  }

  #pass(bytes: Uint8Array, type: string): Result {
    if (type !== 'application/x-protobuf') throw new Refusal(415, 'forward_backward requires a protobuf body');
    const pass = decodeModelPass(bytes);
    const body = { model_id: pass.modelId, seq_id: pass.sequence };
    return this.#taken(
      body,
      async ({ compute, slot }) => {
        const logprobs = await compute.logprobs(pass);
        if (!pass.forwardOnly) this.#slots.set(slot, [...(this.#slots.get(slot) ?? []), pass]);
        return encodePassOutput(logprobs);
      },
      createHash('sha256').update(bytes).digest('hex'),
    );
  }

  async #step(loaded: Loaded, modelId: string, { adam_params }: Body): Promise<Result> {
    const { learning_rate } = adam_params as { learning_rate: number };
    const pending = this.#slots.get(loaded.slot) ?? [];
    this.#slots.delete(loaded.slot);
    if (learning_rate === 0) return { metrics: { 'skyrl.ai/grad_norm': 0 } };
    const norm = await loaded.compute.step(pending, learning_rate);
    loaded.version++;
    this.steps.push({ modelId, data: pending.reduce((sum, { data }) => sum + data.length, 0) });
    return { metrics: { 'skyrl.ai/grad_norm': norm, 'skyrl.ai/learning_rate': learning_rate } };
  }

  #save(body: Body, kind: 'weights' | 'sampler_weights', name: string): Result {
    const modelId = String(body.model_id);
    const checkpoint = `${modelId}/${kind}/${name}`;
    if (this.#options.store.has(checkpoint)) throw new Refusal(409, `Checkpoint '${name}' already exists`);
    const folder = this.#options.store.add(checkpoint);
    const passing = kind === 'sampler_weights' && body.path === undefined;
    return this.#taken(
      body,
      async ({ compute, version }) => {
        await compute.save(folder);
        this.#versionOf.set(checkpoint, version);
        return passing ? { path: null, sampling_session_id: this.#openSampler(checkpoint) } : { path: `tinker://${checkpoint}` };
      },
      null,
    );
  }

  #load(body: Body): Result {
    const checkpoint = checkpointOf(String(body.path));
    if ((this.#models.get(String(body.model_id))?.requests ?? 0) > 0) throw new Refusal(400, 'LoadWeights is not permitted');
    if (!this.#options.store.has(checkpoint)) throw new Refusal(404, `Checkpoint not found: ${checkpoint}`);
    return this.#taken(body, async ({ compute }) => {
      await compute.load(this.#options.store.folder(checkpoint));
      return { type: 'load_weights' };
    });
  }

  #sample(body: Body): Result {
    const checkpoint = this.#samplers.get(String(body.sampling_session_id));
    if (checkpoint === undefined) throw new Refusal(404, 'Sampling session not found');
    if (!this.#options.store.has(checkpoint)) throw new Refusal(404, `Checkpoint not found: ${checkpoint}`);
    const { prompt, num_samples, sampling_params } = body as { prompt: { chunks: { tokens: number[] }[] }; num_samples: number; sampling_params: { max_tokens: number; seed: number; stop: number[]; temperature: number } };
    const { seed, max_tokens: maxTokens, stop: stopTokens, temperature } = sampling_params;
    if (seed < 0 || seed + num_samples > 2 ** 31) throw new Refusal(422, 'a seed has 31 bits');
    return this.#futures.start(async () => {
      const { compute, version } = this.#loaded(checkpoint.split('/')[0]!);
      if (version !== this.#versionOf.get(checkpoint)) throw new Refusal(400, 'an old sampler would overwrite the weights that are trained');
      const seeds = Array.from({ length: num_samples }, (_, i) => seed + i);
      return encodeSamples(await compute.sample({ promptTokens: prompt.chunks.flatMap(({ tokens }) => tokens), seeds, maxTokens, stopTokens, temperature }));
    });
  }

  #delete(path: string): Result {
    const [, modelId, , kind, name] = path.split('/');
    if (!this.#options.store.remove(`${modelId}/${kind}/${name}`)) throw new Refusal(404, 'Checkpoint not found');
    return {};
  }

  /** A request of a model's sequence: known ones are answered with the future that there is. */
  #taken(body: Body, work: (loaded: Loaded, modelId: string) => Promise<Result>, hash: string | null = JSON.stringify(body)): Result {
    const modelId = String(body.model_id);
    const sequence = Number(body.seq_id);
    if (!this.#models.has(modelId) && this.#options.store.models.has(modelId)) return this.#futures.start(() => Promise.reject(new Refusal(400, `Model ${modelId} not loaded`)));
    const loaded = this.#loaded(modelId);
    const known = loaded.taken.get(sequence);
    if (known !== undefined && known.hash === hash) return { request_id: known.future };
    if (known !== undefined && hash !== null) throw new Refusal(409, 'Training request sequence number was reused');
    if (sequence > loaded.last + 1 || (known === undefined && sequence <= loaded.last)) throw new Refusal(400, `sequence number ${sequence} after ${loaded.last}`);
    loaded.last = Math.max(loaded.last, sequence);
    loaded.requests++;
    const future = this.#futures.start(() => work(this.#loaded(modelId), modelId));
    loaded.taken.set(sequence, { hash: hash ?? '', future: future.request_id });
    return future;
  }

  #openSampler(checkpoint: string): string {
    const id = `sampling-${this.#options.store.nextId()}`;
    this.#samplers.set(id, checkpoint);
    return id;
  }

  #new(kind: string, ids: Set<string>): string {
    const id = `${kind}-${this.#options.store.nextId()}`;
    ids.add(id);
    return id;
  }

  #loaded(modelId: string): Loaded {
    const loaded = this.#models.get(modelId);
    if (loaded === undefined) throw new Refusal(404, `Model ${modelId} not found`);
    return loaded;
  }

  #requireSession({ session_id }: Body): void {
    if (!this.#sessions.has(String(session_id))) throw new Refusal(404, 'Session not found');
  }
}

function checkpointOf(path: string): string {
  if (!path.startsWith('tinker://')) throw new Refusal(400, 'not a tinker path');
  return path.slice('tinker://'.length);
}
