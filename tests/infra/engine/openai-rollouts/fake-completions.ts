/** How three servers complete a prompt. In: the path, the body, and the engine of the model that it names. Out: status, and the reply or why there is none. */
import type { Engine, Sample } from '../../../../operators/ports/engine.ts';
import type { FakeServerOptions } from './fake-server.ts';

export interface CompletionBody {
  readonly model: string;
  readonly prompt: readonly number[];
  readonly seed: number;
  readonly temperature: number;
  /** OpenAI's, of vLLM and SGLang. */
  readonly n?: number;
  readonly max_tokens?: number;
  readonly logprobs?: number;
  readonly stop_token_ids?: readonly number[];
  readonly return_token_ids?: boolean;
  readonly top_p?: number;
  readonly top_k?: number;
  readonly repetition_penalty?: number;
  /** llama.cpp's. */
  readonly n_predict?: number;
  readonly n_probs?: number;
  readonly return_tokens?: boolean;
  readonly samplers?: readonly string[];
}

type Reply = readonly [status: number, reply: string | Readonly<Record<string, unknown>>];

export const completionPaths = { vllm: '/v1/completions', sglang: '/v1/completions', 'llama-cpp': '/completion' } as const;

export async function completionsOf(body: CompletionBody, engine: Engine, { server, endTokens, withoutLogprob = [], spoil = (sample) => sample }: FakeServerOptions): Promise<Reply> {
  const plain = server === 'llama-cpp' ? body.samplers?.join() === 'temperature' : body.top_p === 1 && body.top_k === -1 && body.repetition_penalty === 1;
  if (!plain) return [400, "this test's server has other samplers where a request does not switch them off"];
  const n = body.n ?? 1;
  if (body.seed < 0 || body.seed + n > 2 ** 31) return [400, 'a seed has 31 bits'];
  const seeds = Array.from({ length: n }, (_, i) => (server === 'vllm' ? body.seed + i : body.seed));
  const stopTokens = [...endTokens, ...(body.stop_token_ids ?? [])];
  const { samples } = await engine.generate({ groups: [{ promptTokens: body.prompt, seeds }], maxNewTokens: (body.max_tokens ?? body.n_predict)!, temperature: body.temperature, stopTokens });
  const drawn = samples[0]!.map(spoil);
  if (server === 'llama-cpp') return [200, llamaCpp(drawn[0]!, body, withoutLogprob)];
  const choices = drawn.map((sample, index) => ({ index, text: '', finish_reason: sample.finishReason, ...openAi(sample, body) }));
  return [200, { id: 'cmpl-1', object: 'text_completion', model: body.model, choices: choices.reverse(), usage: {} }];
}

function openAi({ tokens, logprobs }: Sample, body: CompletionBody): Readonly<Record<string, unknown>> {
  return {
    logprobs: (body.logprobs ?? 0) > 0 ? { tokens: tokens.map(String), token_logprobs: logprobs, top_logprobs: null, text_offset: tokens.map(() => 0) } : null,
    ...(body.return_token_ids === true && { token_ids: tokens, prompt_token_ids: body.prompt }),
  };
}

function llamaCpp({ tokens, logprobs, finishReason }: Sample, body: CompletionBody, withoutLogprob: readonly number[]): Readonly<Record<string, unknown>> {
  const told = tokens.map((id, i) => ({ id, token: '', bytes: [], logprob: logprobs[i], top_logprobs: [] })).filter(({ id }) => !withoutLogprob.includes(id));
  return {
    ...{ index: 0, content: '', tokens: body.return_tokens === true ? tokens : [], stop: true, stop_type: finishReason === 'length' ? 'limit' : 'eos' },
    ...((body.n_probs ?? 0) > 0 && told.length > 0 && { completion_probabilities: told }),
  };
}
