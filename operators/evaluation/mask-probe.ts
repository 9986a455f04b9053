/**
 * In: held-out paragraphs with the classes of their spans. Out: one row per sampled mask: usable or not, and of which class. The seeds are the same at
 * every step, so steps differ by the weights alone. The engine's errors reject.
 */
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import { seedOf, uniforms } from '../flow/seeds.ts';
import type { Sample } from '../ports/engine.ts';
import { copyingRulesOf, firstConstraint } from '../rollouts/copying/copying-rule-of.ts';
import { parseLastBraced } from '../rollouts/parse-answer.ts';
import { regulariseMask } from '../rollouts/regularise-mask.ts';
import type { EvaluationDeps } from './evaluation-deps.ts';
import type { ProbeItem } from './held-out-items.ts';
import { spanClass } from './span-class.ts';

/**
 * Samples `evaluation.probeSamples` masks per paragraph at the run's temperature. Paragraphs whose prompt exceeds
 * `rollouts.maxPromptTokens` are left out.
 * @param step the optimiser step after which this is; 0 for the base model.
 */
export async function maskProbe(deps: EvaluationDeps, items: readonly ProbeItem[], step: number): Promise<EvaluationRow[]> {
  const { engine, template, tokenizer, config } = deps;
  const asked = items
    .map((item) => ({ item, promptTokens: template.maskPrompt({ title: item.title, sections: [], text: item.text }) }))
    .filter(({ promptTokens }) => promptTokens.length <= config.rollouts.maxPromptTokens);
  if (asked.length === 0) return [];
  const { samples } = await engine.generate(
    {
      groups: asked.map(({ item, promptTokens }) => {
        const ids = Array.from({ length: config.evaluation.probeSamples }, (_, index) => probeSampleId(item.id, index));
        return { promptTokens, ids, seeds: ids.map((id) => seedOf(config.run.seed, id)), copying: copyingRulesOf(deps, item.text)(firstConstraint(config)) };
      }),
      maxNewTokens: config.rollouts.maxMaskResponseTokens,
      temperature: config.rollouts.temperature,
      stopTokens: tokenizer.stopTokens,
    },
    deps.progress,
  );
  return asked.flatMap(({ item }, i) => (samples[i] ?? []).map((sample, index) => readProbe(deps, item, index, sample, step)));
}

function readProbe(deps: EvaluationDeps, item: ProbeItem, index: number, sample: Sample, step: number): EvaluationRow {
  const { masks, run } = deps.config;
  const responseText = deps.tokenizer.decode(sample.tokens);
  const answer = parseLastBraced(responseText, 'mask')?.answer ?? null;
  const pick = uniforms(seedOf(run.seed, `${probeSampleId(item.id, index)}/occurrence`));
  const mask = regulariseMask(item.text, answer, masks.regularise, masks.maxOccurrences, pick);
  const length = answer?.length ?? 0;
  return {
    step,
    kind: 'mask-probe',
    itemId: item.id,
    sampleIndex: index,
    spanClass: mask.usable ? spanClass(mask.spanStarts.map((start) => ({ start, end: start + length })), item.spans) : '',
    expected: null,
    answer,
    responseText,
    correct: mask.usable,
  };
}

export function probeSampleId(itemId: string, index: number): string {
  return `probe/${itemId}/${index}`;
}
