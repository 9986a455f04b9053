/** vLLM's. It takes what a request does not say from the model's `generation_config.json`, so all is said. Of n samples the i-th gets the seed plus i. */
import type { Dialect } from './dialect.ts';
import { tokenIdsChoice } from './token-ids-choice.ts';

export const vllmDialect: Dialect = {
  manyAtOnce: true,
  settings: (stopTokens) => ({ stop_token_ids: stopTokens, return_token_ids: true, top_k: -1, min_p: 0, repetition_penalty: 1, frequency_penalty: 0, presence_penalty: 0 }),
  read: tokenIdsChoice,
};
