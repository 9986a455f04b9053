/**
 * Samples by one version of the weights. In: a prompt and how many samples are wanted. Out: the samples. Requests run at once as the gate lets them; each has a sequence number of the sampling session's,
 * from 0. A sample changes nothing on the server, so one that was lost is asked for again, with the same seed. Fails with ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_FAILED, OUT_OF_MEMORY.
 */
import type { Sample } from '../../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { awaitFuture } from './await-future.ts';
import { futureReply } from './replies.ts';
import type { RequestGate } from './request-gate.ts';
import { sendRequest } from './send-request.ts';
import type { ServerLink } from './server-link.ts';
import { decodeSamples } from './wire/decode-samples.ts';

export interface SampleQuestion {
  readonly promptTokens: readonly number[];
  readonly samples: number;
  /** Of the first sample, below 2^31 less the samples; the server adds 1 for each further one. */
  readonly seed: number;
  readonly maxTokens: number;
  readonly stopTokens: readonly number[];
  /** 0 is greedy. */
  readonly temperature: number;
}

export class SamplingClient {
  readonly #link: ServerLink;
  readonly #session: string;
  readonly #gate: RequestGate;
  #next = 0;

  constructor(link: ServerLink, session: string, gate: RequestGate) {
    this.#link = link;
    this.#session = session;
    this.#gate = gate;
  }

  sample(question: SampleQuestion): Promise<Sample[]> {
    const body = this.#bodyOf(question);
    const what = 'sample';
    return this.#gate.through(question.samples, async () => {
      const submit = async (): Promise<string> => {
        const sent = await sendRequest(this.#link, { path: 'asample', what, body: () => body, reply: futureReply, onPushBack: () => this.#gate.pushedBack() });
        return sent.request_id;
      };
      const { bytes } = await awaitFuture(this.#link, { what, submit, harmless: true });
      const samples = this.#read(bytes, question);
      this.#gate.succeeded();
      return samples;
    });
  }

  #bodyOf({ promptTokens, samples, seed, maxTokens, stopTokens, temperature }: SampleQuestion): string {
    return JSON.stringify({
      sampling_session_id: this.#session,
      seq_id: this.#next++,
      num_samples: samples,
      prompt: { chunks: [{ type: 'encoded_text', tokens: promptTokens }] },
      sampling_params: { max_tokens: maxTokens, seed, stop: stopTokens, temperature, top_k: -1, top_p: 1 },
      type: 'sample',
    });
  }

  #read(bytes: Uint8Array, { samples: asked, maxTokens }: SampleQuestion): Sample[] {
    const foreign = (what: string, cause?: unknown): PretrainZeroError => new PretrainZeroError('ENGINE_FAILED', `${this.#link.url} answered a request for ${asked} samples with ${what}`, {}, cause);
    let samples: Sample[];
    try {
      samples = decodeSamples(bytes);
    } catch (cause) {
      throw foreign('something that is none', cause);
    }
    if (samples.length !== asked) throw foreign(`${samples.length} of them`);
    for (const { tokens, logprobs } of samples) {
      if (tokens.length === 0 || tokens.length > maxTokens) throw foreign(`one of ${tokens.length} tokens, where 1 to ${maxTokens} were asked for`);
      if (logprobs.length !== tokens.length) throw foreign(`${logprobs.length} log-probabilities for ${tokens.length} tokens`);
    }
    return samples;
  }
}
