/**
 * The generation role (policy pi). In: admitted paragraphs. Out: each with its mask rollouts and a passage per usable mask.
 * A paragraph whose prompt is too long goes on with no masks, and a dead letter says so. The engine's errors end the stream.
 */
import { concatMap, from, mergeAll, pipe, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { MaskRollout } from '../../schemas/records/mask-rollout.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import { seedOf, uniforms } from '../flow/seeds.ts';
import type { CopyingRule } from '../ports/copying-rule.ts';
import type { Sample } from '../ports/engine.ts';
import { cohorts } from './cohorts.ts';
import { copyingRuleOf } from './copying/copying-rule-of.ts';
import { maskRolloutId, passageId } from './ids.ts';
import { promptSubject } from './prompt-subject.ts';
import { regulariseMask } from './regularise-mask.ts';
import { parseLastBraced, type ParseAnswer } from './parse-answer.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { sampledRollout, type SampleOrigin } from './sampled-rollout.ts';

/**
 * Samples `masksPerParagraph` masks of every paragraph, one `engine.generate` per batch, in the order of batches. `parse` finds the mask in a response.
 *
 * ```text
 * --(p0)(p1)-----------------|
 *      generateMasks(deps)
 * ---------------(g0 g1)-----|
 * ```
 */
export function generateMasks(deps: RolloutDeps, parse: ParseAnswer = parseLastBraced): OperatorFunction<Paragraph, MaskGroup> {
  return pipe(
    cohorts((paragraph: Paragraph) => paragraph, deps.batchOf),
    concatMap((cohort) => from(generateCohort({ ...deps, parse }, cohort)).pipe(mergeAll())),
  );
}

interface MaskDeps extends RolloutDeps {
  readonly parse: ParseAnswer;
}

async function generateCohort(deps: MaskDeps, cohort: readonly Paragraph[]): Promise<MaskGroup[]> {
  const { engine, tokenizer, config } = deps;
  const prompts = cohort.map((paragraph) => promptOf(deps, paragraph));
  const groups = prompts.flatMap((prompt) => (prompt === null ? [] : [prompt]));
  if (groups.length === 0) return cohort.map((paragraph) => ({ paragraph, maskRollouts: [], passages: [] }));
  const { samples, policyVersion, values } = await engine.generate(
    {
      groups,
      maxNewTokens: config.rollouts.maxMaskResponseTokens,
      temperature: config.rollouts.temperature,
      stopTokens: tokenizer.stopTokens,
      values: config.grpo.baseline === 'critic',
    },
    deps.progress,
  );
  const remaining = samples.values();
  const remainingValues = (values ?? []).values();
  return cohort.map((paragraph, i) => {
    const prompt = prompts[i] ?? null;
    if (prompt === null) return { paragraph, maskRollouts: [], passages: [] };
    const own = remaining.next().value ?? [];
    const value = remainingValues.next().value ?? null;
    const masks = own.map((sample, index) => readMask(deps, paragraph, { ...prompt, value }, index, sample, policyVersion));
    return {
      paragraph,
      maskRollouts: masks.map((mask) => mask.rollout),
      passages: masks.flatMap((mask) => (mask.passage === null ? [] : [mask.passage])),
    };
  });
}

interface MaskPrompt {
  readonly promptTokens: readonly number[];
  readonly seeds: readonly number[];
  readonly ids: readonly string[];
  readonly copying: CopyingRule | null;
}

function promptOf(deps: RolloutDeps, paragraph: Paragraph): MaskPrompt | null {
  const { maxPromptTokens, masksPerParagraph } = deps.config.rollouts;
  const promptTokens = deps.template.maskPrompt(promptSubject(paragraph));
  if (promptTokens.length > maxPromptTokens) {
    const message = `the mask prompt has ${promptTokens.length} tokens, more than ${maxPromptTokens}`;
    deps.deadLetters(paragraphLetter(paragraph, { stage: 'generate-masks', code: 'PROMPT_TOO_LONG', message }));
    return null;
  }
  const ids = Array.from({ length: masksPerParagraph }, (_, index) => maskRolloutId(paragraph.id, index));
  return { promptTokens, ids, seeds: ids.map((id) => seedOf(deps.config.run.seed, id)), copying: copyingRuleOf(deps, paragraph.text) };
}

function readMask(
  deps: MaskDeps,
  paragraph: Paragraph,
  prompt: MaskPrompt & Pick<SampleOrigin, 'value'>,
  index: number,
  sample: Sample,
  policyVersion: number,
): { rollout: MaskRollout; passage: MaskedPassage | null } {
  const { config, template } = deps;
  const id = maskRolloutId(paragraph.id, index);
  const origin = {
    id,
    paragraph,
    index,
    seed: prompt.seeds[index]!,
    policyVersion,
    promptTemplate: template.name,
    promptTokens: prompt.promptTokens,
    value: prompt.value,
  };
  const sampled = sampledRollout(origin, sample, 'mask', deps);
  const pick = uniforms(seedOf(config.run.seed, `${id}/occurrence`));
  const mask = regulariseMask(paragraph.text, sampled.answer, config.masks.regularise, config.masks.maxOccurrences, pick);
  if (!mask.usable) {
    return { rollout: { ...sampled, rejection: mask.rejection, occurrences: mask.occurrences }, passage: null };
  }
  const question = template.predictionPrompt(promptSubject(paragraph, mask.maskedText));
  if (question.length > config.rollouts.maxPromptTokens) {
    return { rollout: { ...sampled, rejection: 'prediction-prompt-too-long', occurrences: mask.occurrences }, passage: null };
  }
  const passage: MaskedPassage = {
    id: passageId(paragraph.id, index),
    paragraphId: paragraph.id,
    step: paragraph.step,
    slot: paragraph.slot,
    maskIndex: index,
    maskRolloutId: id,
    maskText: sampled.answer!,
    spanStarts: mask.spanStarts,
    text: mask.maskedText,
  };
  return { rollout: { ...sampled, rejection: null, occurrences: mask.occurrences }, passage };
}
