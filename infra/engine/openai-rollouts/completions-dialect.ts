/**
 * OpenAI's completions with `return_token_ids`, which vLLM and SGLang have. They take what a request does not say from the model's `generation_config.json`, so all is said. The token that ends a sample is among its ids.
 *
 * vLLM gives the i-th sample of a request the seed plus i. SGLang gives every one the same (heeded where it runs with `--enable-deterministic-inference`), so there each sample is a request; a prompt's keys and values are cached.
 */
import { z } from 'zod';
import type { Dialect } from './dialect.ts';

const schema = z.object({
  choices: z.array(
    z.object({
      index: z.int().min(0),
      finish_reason: z.string(),
      token_ids: z.array(z.int().min(0)),
      logprobs: z.object({ token_logprobs: z.array(z.number()) }),
    }),
  ),
});

export function completionsDialect({ manyAtOnce }: Pick<Dialect, 'manyAtOnce'>): Dialect {
  return {
    manyAtOnce,
    path: '/v1/completions',
    body: ({ model, promptTokens, samples, seed, maxTokens, temperature, stopTokens }) => ({
      ...{ model, prompt: promptTokens, n: samples, seed, max_tokens: maxTokens, stop_token_ids: stopTokens, stream: false },
      ...{ return_token_ids: true, logprobs: 1 },
      ...{ temperature, top_p: 1, top_k: -1, min_p: 0, repetition_penalty: 1, frequency_penalty: 0, presence_penalty: 0 },
    }),
    read: (reply) =>
      schema
        .parse(reply)
        .choices.sort((a, b) => a.index - b.index)
        .map(({ finish_reason, token_ids, logprobs }) => ({ tokens: token_ids, logprobs: logprobs.token_logprobs, ended: finish_reason === 'length' ? 'length' : 'stop' })),
  };
}
