import { bool, int32, int53, list, nullable, oneOf, utf8 } from '../field.ts';
import { defineRecord, type RecordOf } from '../record-definition.ts';
import { finishReasons } from './rollout-fields.ts';

/** One answer to one question of a benchmark: a row of `pretrainzero evaluate`. */
export const benchmarkAnswer = defineRecord('benchmark_answer', 2, 'An answer to a question of a benchmark.', {
  benchmark: utf8('Name and version of the benchmark.'),
  itemId: utf8('Id of the question within the benchmark.'),
  category: utf8('Category of the question; empty where the benchmark has none.'),
  sampleIndex: int32('Sample of the question, from 0.', 'index'),
  seed: int53('Seed of its sampling, uint32.', 'uint32'),
  question: nullable(utf8('The question as it is asked without worked examples and chat template; null in rows of version 1.')),
  promptTokens: list(int32('Token id.', 'token id'), 'Prompt token ids; none where the prompt was too long to be asked.'),
  responseTokens: list(int32('Token id.', 'token id'), 'Sampled token ids, with the end token where it was sampled.'),
  responseText: utf8('The response decoded, without special tokens.'),
  finishReason: nullable(oneOf(finishReasons, '`stop`: an end token was sampled; `length`: truncated at the limit; null where nothing was asked.')),
  answer: nullable(utf8('The answer that was found in the response.')),
  expected: utf8('The right answer, as published.'),
  correct: bool('Whether the answer is right.'),
});
export type BenchmarkAnswer = RecordOf<typeof benchmarkAnswer>;
