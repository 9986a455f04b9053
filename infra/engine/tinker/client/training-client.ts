/**
 * One model on the server. In: passes, steps, saves. Out: their results. Every request carries the next number of the model's one counter, from 1, and is sent only once the server has taken the one before:
 * none overtakes another. A request that may have been lost goes out again under its number, which the server knows if it has it already, so nothing is trained twice; a save, which has no such number on every server, under another name. Once a request
 * could not be delivered the counter would have a gap, so the model refuses all that follows. Fails with ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_FAILED, OUT_OF_MEMORY.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { awaitFuture } from './await-future.ts';
import { anyReply, futureReply, pathReply, samplingSessionReply, stepReply } from './replies.ts';
import type { SamplingClient } from './sampling-client.ts';
import { parse, sendRequest, type Sent } from './send-request.ts';
import type { Reply, ServerLink } from './server-link.ts';
import type { TinkerSession } from './tinker-session.ts';
import type { ModelPass } from './wire/datum.ts';
import { decodePassOutput, type PassOutput } from './wire/decode-pass-output.ts';
import { encodeModelPass } from './wire/encode-model-pass.ts';

export interface AdamSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly gradientClip: number;
}

type Body = Sent<unknown>['body'];

export class TrainingClient {
  readonly modelId: string;
  readonly #link: ServerLink;
  readonly #session: TinkerSession;
  #sequence = 0;
  #taken: Promise<unknown> = Promise.resolve();
  #broken: unknown = null;

  constructor(link: ServerLink, modelId: string, session: TinkerSession) {
    this.#link = link;
    this.modelId = modelId;
    this.#session = session;
  }

  async pass(pass: Omit<ModelPass, 'modelId' | 'sequence'>): Promise<PassOutput> {
    const what = pass.forwardOnly ? 'score sequences' : 'compute gradients';
    const { bytes } = await this.#request('forward_backward', what, (sequence) => {
      const body = encodeModelPass({ ...pass, modelId: this.modelId, sequence });
      return () => body;
    });
    try {
      const output = decodePassOutput(bytes);
      if (output.logprobs.length === pass.data.length) return output;
      throw new RangeError(`log-probabilities of ${output.logprobs.length} sequences, not ${pass.data.length}`);
    } catch (cause) {
      throw new PretrainZeroError('ENGINE_FAILED', `${this.#link.url} gave no result of the protocol to ${what}: ${String(cause)}`, {}, cause);
    }
  }

  /** @returns the server's metrics */
  async optimStep({ learningRate, beta1, beta2, epsilon, weightDecay, gradientClip }: AdamSettings): Promise<ReadonlyMap<string, number>> {
    const adam_params = { learning_rate: learningRate, beta1, beta2, eps: epsilon, weight_decay: weightDecay, grad_clip_norm: gradientClip };
    const what = 'step the optimiser';
    const { bytes } = await this.#request('optim_step', what, (seq_id) => same({ model_id: this.modelId, seq_id, adam_params, type: 'optim_step' }));
    const { metrics } = parse(bytes, stepReply, what, this.#link);
    return new Map(Object.entries(metrics ?? {}).map(([name, value]) => [name, value ?? Number.NaN]));
  }

  /** Weights and optimiser, to go on from. @returns their `tinker://` path */
  async saveState(name: string): Promise<string> {
    const what = 'save weights and optimiser';
    const { bytes } = await this.#request('save_weights', what, (seq_id) => (attempt) => JSON.stringify({ model_id: this.modelId, path: nameOf(name, attempt), seq_id, type: 'save_weights' }));
    return parse(bytes, pathReply, what, this.#link).path;
  }

  /** Weights that others may sample by. @returns their `tinker://` path */
  async publish(name: string): Promise<string> {
    const what = 'save weights for sampling';
    const { bytes } = await this.#request('save_weights_for_sampler', what, (seq_id) => (attempt) => JSON.stringify({ model_id: this.modelId, path: nameOf(name, attempt), seq_id, type: 'save_weights_for_sampler' }));
    return parse(bytes, pathReply, what, this.#link).path;
  }

  /** A sampler of the weights as they are, for this session alone; a server need not write them to a disk. */
  async sampler(): Promise<{ readonly client: SamplingClient; readonly checkpoint: string }> {
    const what = 'give the weights to sampling';
    let checkpoint = '';
    const { bytes } = await this.#request('save_weights_for_sampler', what, (seq_id) => () => {
      const sampling_session_seq_id = this.#session.nextSampler();
      checkpoint = `ss${sampling_session_seq_id}_seq${seq_id}`; // as SkyRL names it
      return JSON.stringify({ model_id: this.modelId, sampling_session_seq_id, seq_id, type: 'save_weights_for_sampler' });
    });
    return { client: this.#session.samplerOf(parse(bytes, samplingSessionReply, what, this.#link).sampling_session_id), checkpoint };
  }

  /** Must be the first request to the model. @param path of `saveState` */
  async loadState(path: string): Promise<void> {
    const what = `load ${path}`;
    const { bytes } = await this.#request('load_weights', what, (seq_id) => same({ model_id: this.modelId, path, optimizer: true, seq_id, type: 'load_weights' }));
    parse(bytes, anyReply, what, this.#link);
  }

  /** Nothing can be asked of the model any more. One that is gone already is unloaded, too. */
  async unload(): Promise<void> {
    const what = 'unload the model';
    const body = JSON.stringify({ model_id: this.modelId, type: 'unload_model' });
    const submit = async (): Promise<string> => (await sendRequest(this.#link, { path: 'unload_model', what, body: () => body, reply: futureReply })).request_id;
    try {
      await awaitFuture(this.#link, { what, submit, harmless: false });
    } catch (error) {
      if (!(error instanceof PretrainZeroError) || error.code !== 'ENGINE_FAILED') throw error;
    }
  }

  /** Gives the server its room back. A server that cannot, or has no such checkpoint, is left alone. @param kind `weights` or `sampler_weights` */
  async forget(kind: 'weights' | 'sampler_weights', checkpoint: string): Promise<void> {
    await this.#link.exchange({ method: 'DELETE', path: `training_runs/${this.modelId}/checkpoints/${kind}/${checkpoint}` }, 30_000);
  }

  /** @param bodyOf of the request's number: its body for each attempt */
  async #request(path: string, what: string, bodyOf: (sequence: number) => Body): Promise<Reply> {
    let body: Body | null = null;
    let submissions = 0;
    const submit = (): Promise<string> => {
      const taken = this.#taken.then(async () => {
        if (this.#broken !== null) throw this.#broken as Error;
        this.#session.requireLive();
        const own = (body ??= bodyOf(++this.#sequence));
        const before = submissions++;
        try {
          return (await sendRequest(this.#link, { path, what, body: (attempt) => own(before + attempt), reply: futureReply })).request_id;
        } catch (error) {
          this.#broken = error;
          throw error;
        }
      });
      this.#taken = taken.catch(() => undefined);
      return taken;
    };
    return awaitFuture(this.#link, { what, submit, harmless: false });
  }
}

function same(value: unknown): Body {
  const body = JSON.stringify(value);
  return () => body;
}

/** What may be there already is left as it is. */
function nameOf(name: string, attempt: number): string {
  return attempt === 0 ? name : `${name}-again-${attempt}`;
}
