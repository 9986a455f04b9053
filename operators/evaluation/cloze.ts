/**
 * In: held-out masked spans. Out: one row each, predicted greedily under the current weights. Only the labelled place is hidden: whether
 * its text stands elsewhere in the paragraph is what tells the classes apart. The engine's errors reject.
 */
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import type { GenerateRequest } from '../ports/engine.ts';
import { parseLastBraced } from '../rollouts/parse-answer.ts';
import { maskToken } from '../rollouts/regularise-mask.ts';
import { isExactMatch } from '../rewards/prediction-reward.ts';
import type { EvaluationDeps } from './evaluation-deps.ts';
import type { ClozeItem } from './held-out-items.ts';
import { spreadItems } from './spread-items.ts';

/**
 * Scores at most `evaluation.maxItems` items, spread over the classes, in the order of the file. Items whose prompt exceeds
 * `rollouts.maxPromptTokens` are wrong, with an empty response.
 * @param step the optimiser step after which this is; 0 for the base model.
 */
export async function cloze(deps: EvaluationDeps, items: readonly ClozeItem[], step: number): Promise<EvaluationRow[]> {
  const { engine, template, tokenizer, config } = deps;
  const chosen = spreadItems(items, config.evaluation.maxItems);
  const prompts = chosen.map(({ title, text, start, end }) =>
    template.predictionPrompt({ title, sections: [], text: text.slice(0, start) + maskToken + text.slice(end) }),
  );
  const asked = prompts.filter((prompt) => prompt.length <= config.rollouts.maxPromptTokens);
  const samples = asked.length === 0 ? [] : (await engine.generate(greedy(deps, asked), deps.progress)).samples;
  const sampleOf = new Map(asked.map((prompt, i) => [prompt, samples[i]?.[0]]));
  return chosen.map((item, i) => {
    const responseText = tokenizer.decode(sampleOf.get(prompts[i]!)?.tokens ?? []);
    const answer = parseLastBraced(responseText, 'boxed')?.answer ?? null;
    return {
      step,
      kind: 'cloze',
      itemId: item.id,
      sampleIndex: 0,
      spanClass: item.class,
      expected: item.mask,
      answer,
      responseText,
      correct: isExactMatch(answer, item.mask),
    };
  });
}

function greedy({ config, tokenizer }: EvaluationDeps, prompts: readonly (readonly number[])[]): GenerateRequest {
  return {
    groups: prompts.map((promptTokens) => ({ promptTokens, seeds: [0] })),
    maxNewTokens: config.rollouts.maxPredictionResponseTokens,
    temperature: 0,
    stopTokens: tokenizer.stopTokens,
  };
}
