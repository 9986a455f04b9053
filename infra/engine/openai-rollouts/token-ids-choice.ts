/** A choice of vLLM's and SGLang's completions where `return_token_ids` was asked for. In: JSON. Out: the sample, the token that ended it included. Throws what zod throws. */
import { z } from 'zod';
import type { Drawn } from './dialect.ts';

const schema = z.object({
  finish_reason: z.string(),
  token_ids: z.array(z.int().min(0)),
  logprobs: z.object({ token_logprobs: z.array(z.number()) }),
});

export function tokenIdsChoice(choice: unknown): Drawn {
  const { finish_reason, token_ids, logprobs } = schema.parse(choice);
  return { tokens: token_ids, logprobs: logprobs.token_logprobs, finishReason: finish_reason };
}
