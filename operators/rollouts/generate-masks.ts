/**
 * The generation role (policy pi). In: admitted paragraphs. Out: each with its mask rollouts and a passage per usable mask.
 * A paragraph whose prompt is too long goes on with no masks, and a dead letter says so. One with too few usable masks is asked again (`masks.atLeast`). The engine's errors end the stream.
 */
import { concatMap, from, mergeAll, pipe, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { MaskConstraint, MaskRollout } from '../../schemas/records/mask-rollout.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import { seedOf, uniforms } from '../flow/seeds.ts';
import type { CopyingRule } from '../ports/copying-rule.ts';
import type { Sample } from '../ports/engine.ts';
import { cohorts } from './cohorts.ts';
import { copyingRulesOf, firstConstraint, secondConstraint } from './copying/copying-rule-of.ts';
import { maskRolloutId, passageId } from './ids.ts';
import { promptSubject } from './prompt-subject.ts';
import { regulariseMask } from './regularise-mask.ts';
import { parseLastBraced, type ParseAnswer } from './parse-answer.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { sampledRollout, type SampleOrigin } from './sampled-rollout.ts';

/**
 * Samples `masksPerParagraph` masks of every paragraph, one `engine.generate` per batch, in the order of batches; then the second tries of those paragraphs of the batch that have fewer than
 * `masks.atLeast` usable ones, as many as they lack. `parse` finds the mask in a response.
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

interface Mask {
  readonly rollout: MaskRollout;
  readonly passage: MaskedPassage | null;
}

async function generateCohort(deps: MaskDeps, cohort: readonly Paragraph[]): Promise<MaskGroup[]> {
  const first = await sampleMasks(deps, cohort.map((paragraph) => firstPrompt(deps, paragraph)));
  const second = await sampleMasks(deps, cohort.map((paragraph, i) => secondPrompt(deps, paragraph, first[i]!)));
  return cohort.map((paragraph, i) => {
    const masks = [...first[i]!.masks, ...second[i]!.masks];
    return {
      paragraph,
      maskRollouts: masks.map((mask) => mask.rollout),
      passages: masks.flatMap((mask) => (mask.passage === null ? [] : [mask.passage])),
    };
  });
}

interface MaskPrompt {
  readonly paragraph: Paragraph;
  /** Index of the first of its masks. */
  readonly from: number;
  readonly promptTokens: readonly number[];
  readonly seeds: readonly number[];
  readonly ids: readonly string[];
  readonly constraint: MaskConstraint | null;
  readonly copying: CopyingRule | null;
}

interface SampledMasks {
  readonly prompt: MaskPrompt | null;
  readonly masks: readonly Mask[];
}

/** One call of the engine, and none where there is nothing to ask. By prompt. */
async function sampleMasks(deps: MaskDeps, prompts: readonly (MaskPrompt | null)[]): Promise<SampledMasks[]> {
  const { engine, tokenizer, config } = deps;
  const groups = prompts.flatMap((prompt) => (prompt === null ? [] : [prompt]));
  if (groups.length === 0) return prompts.map((prompt) => ({ prompt, masks: [] }));
  const { samples, policyVersion, values } = await engine.generate(
    {
      groups: groups.map(({ promptTokens, seeds, ids, copying }) => ({ promptTokens, seeds, ids, copying })),
      maxNewTokens: config.rollouts.maxMaskResponseTokens,
      temperature: config.rollouts.temperature,
      stopTokens: tokenizer.stopTokens,
      values: config.grpo.baseline === 'critic',
    },
    deps.progress,
  );
  const remaining = samples.values();
  const remainingValues = (values ?? []).values();
  return prompts.map((prompt) => {
    if (prompt === null) return { prompt, masks: [] };
    const own = remaining.next().value ?? [];
    const value = remainingValues.next().value ?? null;
    return { prompt, masks: own.map((sample, i) => readMask(deps, { ...prompt, value }, i, sample, policyVersion)) };
  });
}

function firstPrompt(deps: RolloutDeps, paragraph: Paragraph): MaskPrompt | null {
  const { maxPromptTokens, masksPerParagraph } = deps.config.rollouts;
  const promptTokens = deps.template.maskPrompt(promptSubject(paragraph));
  if (promptTokens.length > maxPromptTokens) {
    const message = `the mask prompt has ${promptTokens.length} tokens, more than ${maxPromptTokens}`;
    deps.deadLetters(paragraphLetter(paragraph, { stage: 'generate-masks', code: 'PROMPT_TOO_LONG', message }));
    return null;
  }
  return { paragraph, promptTokens, ...asking(deps, paragraph, 0, masksPerParagraph, firstConstraint(deps.config)) };
}

/** The same prompt under a rule, for as many masks as are wanting; null where none is. */
function secondPrompt(deps: RolloutDeps, paragraph: Paragraph, { prompt, masks }: SampledMasks): MaskPrompt | null {
  const wanting = deps.config.masks.atLeast - masks.filter(({ passage }) => passage !== null).length;
  if (prompt === null || masks.length === 0 || wanting <= 0) return null;
  return { ...prompt, ...asking(deps, paragraph, masks.length, wanting, secondConstraint(paragraph.text)) };
}

function asking(deps: RolloutDeps, paragraph: Paragraph, from: number, count: number, constraint: MaskConstraint | null): Omit<MaskPrompt, 'paragraph' | 'promptTokens'> {
  const ids = Array.from({ length: count }, (_, i) => maskRolloutId(paragraph.id, from + i));
  return { from, ids, seeds: ids.map((id) => seedOf(deps.config.run.seed, id)), constraint, copying: copyingRulesOf(deps, paragraph.text)(constraint) };
}

/** @param at place among the samples of the prompt */
function readMask(deps: MaskDeps, prompt: MaskPrompt & Pick<SampleOrigin, 'value'>, at: number, sample: Sample, policyVersion: number): Mask {
  const { config, template } = deps;
  const { paragraph, constraint } = prompt;
  const [index, id] = [prompt.from + at, prompt.ids[at]!];
  const origin = {
    id,
    paragraph,
    index,
    seed: prompt.seeds[at]!,
    policyVersion,
    promptTemplate: template.name,
    promptTokens: prompt.promptTokens,
    value: prompt.value,
  };
  const sampled = sampledRollout(origin, sample, 'mask', deps);
  const pick = uniforms(seedOf(config.run.seed, `${id}/occurrence`));
  const mask = regulariseMask(paragraph.text, sampled.answer, config.masks.regularise, config.masks.maxOccurrences, pick);
  const judged = (rejection: MaskRollout['rejection']): MaskRollout => Object.assign(sampled, { rejection, occurrences: mask.occurrences, constraint });
  if (!mask.usable) return { rollout: judged(mask.rejection), passage: null };
  const question = template.predictionPrompt(promptSubject(paragraph, mask.maskedText));
  if (question.length > config.rollouts.maxPromptTokens) return { rollout: judged('prediction-prompt-too-long'), passage: null };
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
  return { rollout: judged(null), passage };
}
