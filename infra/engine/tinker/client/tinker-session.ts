/**
 * A session with the server: what is opened in it lives as long as its heartbeats. In: a link. Out: models and samplers. Fails with ENGINE_UNREACHABLE, ENGINE_REFUSED, and, once the server has lost the
 * session, ENGINE_FAILED.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { backoffMs } from './backoff.ts';
import { awaitFuture } from './await-future.ts';
import { capabilitiesReply, futureReply, modelReply, samplingSessionReply, sessionReply } from './replies.ts';
import type { RequestGate } from './request-gate.ts';
import { SamplingClient } from './sampling-client.ts';
import { isPushBack, mayPass, parse, sendRequest } from './send-request.ts';
import { serverError } from './server-error.ts';
import { reasonOf, type Exchange, type ServerLink } from './server-link.ts';
import { TrainingClient } from './training-client.ts';

export interface LoraSettings {
  /** 0 trains all weights. */
  readonly rank: number;
  /** Of A's first values, below 2^31. */
  readonly seed: number;
}

const heartbeatMs = 10_000;
const heartbeatLimitMs = 30_000;
const firstAnswerMs = 30_000;
/** Between tries of the first request: about five seconds in all. */
const firstWaits = 3;
const sdkVersion = '0.25.0'; // of the protocol that is spoken

export class TinkerSession {
  readonly #link: ServerLink;
  readonly #id: string;
  readonly #gate: RequestGate;
  readonly #ended = new AbortController();
  #lost: PretrainZeroError | null = null;
  #models = 0;
  #samplers = 0;

  private constructor(link: ServerLink, id: string, gate: RequestGate) {
    this.#link = link;
    this.#id = id;
    this.#gate = gate;
    void this.#beat();
  }

  /** @param model that the server must serve @param gate of all samples that are asked for */
  static async open(link: ServerLink, model: string, gate: RequestGate): Promise<TinkerSession> {
    await requireModel(link, model);
    const body = JSON.stringify({ tags: [], user_metadata: null, sdk_version: sdkVersion, type: 'create_session' });
    const { session_id } = await sendRequest(link, { path: 'create_session', what: 'open a session', body: () => body, reply: sessionReply });
    return new TinkerSession(link, session_id, gate);
  }

  async createModel(baseModel: string, { rank, seed }: LoraSettings): Promise<TrainingClient> {
    this.requireLive();
    const lora_config = { rank, seed, train_unembed: false, train_mlp: true, train_attn: true };
    const body = JSON.stringify({ session_id: this.#id, model_seq_id: this.#models++, base_model: baseModel, lora_config, type: 'create_model' });
    const what = 'create a model';
    const submit = async (): Promise<string> => (await sendRequest(this.#link, { path: 'create_model', what, body: () => body, reply: futureReply })).request_id;
    const { bytes } = await awaitFuture(this.#link, { what, submit, harmless: false });
    return new TrainingClient(this.#link, parse(bytes, modelReply, what, this.#link).model_id, this);
  }

  /** @param path `tinker://...` of weights saved for sampling */
  async openSampler(path: string): Promise<SamplingClient> {
    this.requireLive();
    const body = JSON.stringify({ session_id: this.#id, sampling_session_seq_id: this.nextSampler(), model_path: path, type: 'create_sampling_session' });
    const { sampling_session_id } = await sendRequest(this.#link, { path: 'create_sampling_session', what: `sample by ${path}`, body: () => body, reply: samplingSessionReply });
    return this.samplerOf(sampling_session_id);
  }

  /** Of a sampling session that is there. */
  samplerOf(samplingSession: string): SamplingClient {
    return new SamplingClient(this.#link, samplingSession, this.#gate);
  }

  nextSampler(): number {
    return this.#samplers++;
  }

  /** @throws ENGINE_FAILED where the server has lost the session. */
  requireLive(): void {
    if (this.#lost !== null) throw this.#lost;
  }

  /** No more heartbeats: the server unloads what is left after five minutes. */
  close(): void {
    this.#ended.abort();
  }

  async #beat(): Promise<void> {
    const body = JSON.stringify({ session_id: this.#id, type: 'session_heartbeat' });
    const { signal } = this.#ended;
    for (;;) {
      await this.#link.world.sleep(heartbeatMs, signal);
      if (signal.aborted) return;
      const exchange = await this.#link.exchange({ method: 'POST', path: 'session_heartbeat', body }, heartbeatLimitMs);
      if (exchange.kind !== 'reply' || exchange.status !== 404) continue;
      this.#lost = serverError(exchange, 'a heartbeat', this.#link);
      return;
    }
  }
}

/** At the start patience is short, for what may pass in a moment: a wrong address is told in seconds. */
async function requireModel(link: ServerLink, model: string): Promise<void> {
  const what = 'tell which models it serves';
  const ask = () => link.exchange({ method: 'GET', path: 'get_server_capabilities' }, firstAnswerMs);
  let exchange = await ask();
  for (let wait = 0; wait < firstWaits && mayPassSoon(exchange); wait++) {
    await link.world.sleep(backoffMs(wait, link.world.random()));
    exchange = await ask();
  }
  if (exchange.kind !== 'reply') {
    const why = exchange.kind === 'late' ? `no answer in ${firstAnswerMs / 1000} s` : reasonOf(exchange.cause);
    throw new PretrainZeroError('ENGINE_UNREACHABLE', `${link.url} cannot be reached: ${why}`, { key: 'engine.tinker.url' }, exchange.cause);
  }
  if (exchange.status !== 200) throw serverError(exchange, what, link);
  const served = parse(exchange.bytes, capabilitiesReply, what, link).supported_models.map(({ model_name }) => model_name);
  if (served.includes(model)) return;
  throw new PretrainZeroError('ENGINE_REFUSED', `${link.url} does not serve ${model}, but ${served.join(', ') || 'nothing'}`, { key: 'engine.tinker.model' });
}

/** A connection that broke or was refused, a server that is starting or has too much to do; not one that says nothing. */
function mayPassSoon(exchange: Exchange): boolean {
  return exchange.kind === 'reply' ? isPushBack(exchange) || mayPass(exchange.status) : exchange.kind !== 'late';
}
