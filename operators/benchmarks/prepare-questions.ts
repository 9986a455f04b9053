/**
 * In: a benchmark's questions as they are in its files, and worked examples. Out: at most `benchmark.maxItems` of them, spread over the categories, ready to be asked. Pure. The same for every model but for the tokens.
 */
import type { Config } from '../../schemas/config/config.ts';
import { spreadItems } from '../evaluation/spread-items.ts';
import type { PromptEncoder } from '../rollouts/prompt-encoder.ts';
import type { AskedQuestion } from './ask-questions.ts';
import type { Benchmark, BenchmarkQuestion } from './benchmark.ts';

export interface PrepareDeps {
  readonly benchmark: Benchmark;
  readonly config: Config['benchmark'];
  readonly encoder: PromptEncoder;
}

export function prepareQuestions({ benchmark, config, encoder }: PrepareDeps, questions: readonly BenchmarkQuestion[], examples: readonly BenchmarkQuestion[]): AskedQuestion[] {
  const classed = questions.map((question) => ({ class: question.category, question }));
  return spreadItems(classed, config.maxItems ?? Infinity).map(({ question }) => ({
    id: question.id,
    category: question.category,
    expected: question.expected,
    text: question.prompt([]),
    promptTokens: encoder.encode(question.prompt(examplesFor(question, examples, config.shots))),
    answer: (response) => question.answer(upTo(response, benchmark.endsBefore)),
    isRight: (answer) => question.isRight(answer),
  }));
}

/** The first of its category, where there are enough of them; else the first of all. Never the question itself. */
function examplesFor(question: BenchmarkQuestion, examples: readonly BenchmarkQuestion[], shots: number): readonly BenchmarkQuestion[] {
  const others = examples.filter(({ worked }) => worked !== question.worked);
  const own = others.filter(({ category }) => category === question.category);
  return (own.length >= shots ? own : others).slice(0, shots);
}

/** What comes before a question of the model's own. */
function upTo(response: string, ends: readonly string[]): string {
  return ends.reduce((text, end) => text.split(end)[0]!, response);
}
