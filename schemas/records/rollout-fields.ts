import { float32, int32, int53, list, nullable, oneOf, utf8 } from '../field.ts';

export const finishReasons = ['stop', 'length'] as const;

/** What both roles' rollouts carry: enough to recompute answer, reward, advantage, drop and loss from the log alone. */
export const rolloutFields = {
  id: utf8('`step/slot/role/index`.'),
  paragraphId: utf8('The paragraph it belongs to.'),
  step: int32('Optimiser step.', 'step'),
  slot: int32('Slot of the paragraph.', 'index'),
  index: int32('Place within its group, from 0.', 'index'),
  seed: int53('Seed of its sampling, uint32, from the id.', 'uint32'),
  policyVersion: int32('Version of the weights that sampled it.', 'updates'),
  promptTemplate: utf8('Name and version of the prompt template.'),
  promptTokens: list(int32('Token id.', 'token id'), 'Prompt token ids.'),
  responseTokens: list(int32('Token id.', 'token id'), 'Sampled token ids, with the end token where it was sampled.'),
  logprobs: list(float32('Log-probability, at most 0.', 'nats'), 'Log-probability of each response token under the policy that sampled it.'),
  finishReason: oneOf(finishReasons, '`stop`: an end token was sampled; `length`: truncated at the limit.'),
  responseText: utf8('The response decoded, without special tokens.'),
  answer: nullable(utf8('The parsed answer, after the whitespace rule.')),
  answerStart: nullable(int32('Offset of the answer in responseText.', 'UTF-16 code units')),
  answerEnd: nullable(int32('End offset of the answer in responseText, exclusive.', 'UTF-16 code units')),
  value: nullable(float32("The critic's value of the prompt under the policy that sampled it; null without a critic.", 'reward')),
} as const;
