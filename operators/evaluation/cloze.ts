/**
 * In: held-out masked spans. Out: rows of answers under the current weights: one greedy, or `evaluation.clozeSamples` sampled. Only the labelled place is hidden: whether
 * its text stands elsewhere in the paragraph is what tells the classes apart. The engine's errors reject.
 */
import type { Config } from '../../schemas/config/config.ts';
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import { seedOf } from '../flow/seeds.ts';
import type { GenerateRequest, Sample } from '../ports/engine.ts';
import { parseLastBraced } from '../rollouts/parse-answer.ts';
import { maskToken } from '../rollouts/regularise-mask.ts';
import { isExactMatch } from '../rewards/prediction-reward.ts';
import type { EvaluationDeps } from './evaluation-deps.ts';
import type { ClozeItem } from './held-out-items.ts';
import { spreadItems } from './spread-items.ts';

/**
 * Scores at most `evaluation.maxItems` items, spread over the classes, in the order of the file. Items whose prompt exceeds
 * `rollouts.maxPromptTokens` are wrong, with empty responses. The seeds are the same at every step, so steps differ by the weights alone.
 * @param step the optimiser step after which this is; 0 for the base model.
 */
export async function cloze(deps: EvaluationDeps, items: readonly ClozeItem[], step: number): Promise<EvaluationRow[]> {
  const { engine, template, config } = deps;
  const questions = spreadItems(items, config.evaluation.maxItems).map((item) => {
    const { title, text, start, end } = item;
    return { item, promptTokens: template.predictionPrompt({ title, sections: [], text: text.slice(0, start) + maskToken + text.slice(end) }) };
  });
  const asked = questions.filter(({ promptTokens }) => promptTokens.length <= config.rollouts.maxPromptTokens);
  const answers = asked.length === 0 ? [] : (await engine.generate(request(deps, asked), deps.progress)).samples;
  const answersOf = new Map(asked.map((question, i) => [question, answers[i]]));
  return questions.flatMap((question) =>
    indices(config).map((index) => readAnswer(deps, question.item, index, answersOf.get(question)?.[index], step)),
  );
}

interface Question {
  readonly item: ClozeItem;
  readonly promptTokens: readonly number[];
}

export function clozeSampleId(itemId: string, index: number): string {
  return `cloze/${itemId}/${index}`;
}

/** Of an item's answers. */
function indices({ evaluation }: Config): number[] {
  return Array.from({ length: Math.max(1, evaluation.clozeSamples) }, (_, index) => index);
}

function readAnswer({ tokenizer }: EvaluationDeps, item: ClozeItem, index: number, sample: Sample | undefined, step: number): EvaluationRow {
  const responseText = tokenizer.decode(sample?.tokens ?? []);
  const answer = parseLastBraced(responseText, 'boxed')?.answer ?? null;
  return {
    step,
    kind: 'cloze',
    itemId: item.id,
    sampleIndex: index,
    spanClass: item.class,
    expected: item.mask,
    answer,
    responseText,
    correct: isExactMatch(answer, item.mask),
  };
}

function request({ config, tokenizer }: EvaluationDeps, asked: readonly Question[]): GenerateRequest {
  return {
    groups: asked.map(({ item, promptTokens }) => {
      const ids = indices(config).map((index) => clozeSampleId(item.id, index));
      return { promptTokens, ids, seeds: ids.map((id) => seedOf(config.run.seed, id)) };
    }),
    maxNewTokens: config.rollouts.maxPredictionResponseTokens,
    temperature: config.evaluation.clozeSamples === 0 ? 0 : config.rollouts.temperature,
    stopTokens: tokenizer.stopTokens,
  };
}
