/** llama.cpp's. Token ids stand beside the log-probabilities. It has no stop tokens but those that the model's file names. */
import { z } from 'zod';
import type { Dialect } from './dialect.ts';

const schema = z.object({
  finish_reason: z.string(),
  logprobs: z.object({ content: z.array(z.object({ id: z.int().min(0), logprob: z.number() })) }),
});

export const llamaCppDialect: Dialect = {
  manyAtOnce: false,
  settings: () => ({ samplers: ['temperature'], cache_prompt: true }),
  read(choice) {
    const { finish_reason, logprobs } = schema.parse(choice);
    return { tokens: logprobs.content.map(({ id }) => id), logprobs: logprobs.content.map(({ logprob }) => logprob), finishReason: finish_reason };
  },
};
