/** SGLang's. It gives every sample of a request the same seed (heeded where it runs with `--enable-deterministic-inference`), so each sample is a request; the prompt's prefix is cached. */
import type { Dialect } from './dialect.ts';
import { tokenIdsChoice } from './token-ids-choice.ts';

export const sglangDialect: Dialect = {
  manyAtOnce: false,
  settings: (stopTokens) => ({ stop_token_ids: stopTokens, return_token_ids: true, top_k: -1, min_p: 0, repetition_penalty: 1, frequency_penalty: 0, presence_penalty: 0 }),
  read: tokenIdsChoice,
};
