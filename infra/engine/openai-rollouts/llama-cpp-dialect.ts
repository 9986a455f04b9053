/**
 * llama.cpp's own completions: its OpenAI ones leave out a token whose text breaks off within a character. Here `tokens` has all of them; their log-probabilities are left out here, too, and the sample then has none at all, so that
 * training leaves it out and says so. It has no stop tokens but the model file's end tokens.
 */
import { z } from 'zod';
import type { Dialect } from './dialect.ts';

const schema = z.object({
  tokens: z.array(z.int().min(0)),
  completion_probabilities: z.array(z.object({ id: z.int().min(0), logprob: z.number() })).default([]),
  stop_type: z.string(),
});

export const llamaCppDialect: Dialect = {
  manyAtOnce: false,
  path: '/completion',
  body: ({ model, promptTokens, seed, maxTokens, temperature }) => ({
    ...{ model, prompt: promptTokens, seed, n_predict: maxTokens, stream: false, cache_prompt: true },
    ...{ return_tokens: true, n_probs: 1 },
    ...{ temperature, samplers: ['temperature'] },
  }),
  read(reply) {
    const { tokens, completion_probabilities: told, stop_type } = schema.parse(reply);
    const whole = told.length === tokens.length && told.every(({ id }, i) => id === tokens[i]);
    return [{ tokens, logprobs: tokens.map((_, i) => (whole ? told[i]!.logprob : Number.NaN)), ended: stop_type === 'limit' ? 'length' : 'stop' }];
  },
};
