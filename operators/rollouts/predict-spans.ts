/**
 * The prediction role (policy psi). In: paragraphs with their masked passages. Out: the same with `predictionsPerMask` predictions of every passage.
 * The engine's errors end the stream.
 */
import { concatMap, from, mergeAll, pipe, type OperatorFunction } from 'rxjs';
import type { MaskGroup, PredictionGroups } from '../../schemas/records/edges.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { PredictionRollout } from '../../schemas/records/prediction-rollout.ts';
import { seedOf } from '../flow/seeds.ts';
import type { Sample } from '../ports/engine.ts';
import { isExactMatch } from '../rewards/prediction-reward.ts';
import { cohorts } from './cohorts.ts';
import { predictionRolloutId } from './ids.ts';
import { parseLastBraced, type ParseAnswer } from './parse-answer.ts';
import { questionPrompt } from './question-prompt.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { sampledRollout, type SampleOrigin } from './sampled-rollout.ts';

/** Whether an answer to a passage is right. */
export type JudgeAnswer = (answer: string | null, passage: MaskedPassage) => boolean;

const isHiddenText: JudgeAnswer = (answer, { maskText }) => isExactMatch(answer, maskText); // eq. 8

/**
 * Samples the predictions, one `engine.generate` per batch, in the order of batches. `parse` finds the answer in a response, `isRight` judges it.
 *
 * ```text
 * --(g0)(g1)----------------|
 *      predictSpans(deps)
 * --------------(q0 q1)-----|
 * ```
 */
export function predictSpans(deps: RolloutDeps, parse: ParseAnswer = parseLastBraced, isRight = isHiddenText): OperatorFunction<MaskGroup, PredictionGroups> {
  return pipe(
    cohorts((group: MaskGroup) => group.paragraph, deps.batchOf),
    concatMap((cohort) => from(predictCohort({ ...deps, parse, isRight }, cohort)).pipe(mergeAll())),
  );
}

interface PredictionDeps extends RolloutDeps {
  readonly parse: ParseAnswer;
  readonly isRight: JudgeAnswer;
}

interface Question {
  readonly paragraph: Paragraph;
  readonly passage: MaskedPassage;
  readonly promptTokens: readonly number[];
  readonly seeds: readonly number[];
  readonly ids: readonly string[];
}

async function predictCohort(deps: PredictionDeps, cohort: readonly MaskGroup[]): Promise<PredictionGroups[]> {
  const { engine, tokenizer, config } = deps;
  const questions = cohort.map((group) => group.passages.map((passage) => questionOf(deps, group.paragraph, passage)));
  const groups = questions.flat().map(({ promptTokens, seeds, ids }) => ({ promptTokens, seeds, ids }));
  if (groups.length === 0) return cohort.map((group) => ({ ...group, predictions: [] }));
  const { samples, policyVersion, values } = await engine.generate(
    {
      groups,
      maxNewTokens: config.rollouts.maxPredictionResponseTokens,
      temperature: config.rollouts.temperature,
      stopTokens: tokenizer.stopTokens,
      values: config.grpo.baseline === 'critic',
    },
    deps.progress,
  );
  const remaining = samples.values();
  const remainingValues = (values ?? []).values();
  return cohort.map((group, i) => ({
    ...group,
    predictions: questions[i]!.flatMap((question) => {
      const value = remainingValues.next().value ?? null;
      return (remaining.next().value ?? []).map((sample, index) => readPrediction(deps, { ...question, value }, index, sample, policyVersion));
    }),
  }));
}

function questionOf(deps: RolloutDeps, paragraph: Paragraph, passage: MaskedPassage): Question {
  const { run, rollouts } = deps.config;
  const ids = Array.from({ length: rollouts.predictionsPerMask }, (_, index) => predictionRolloutId(paragraph.id, passage.maskIndex, index));
  return {
    paragraph,
    passage,
    ids,
    seeds: ids.map((id) => seedOf(run.seed, id)),
    promptTokens: questionPrompt(deps.template, paragraph, passage),
  };
}

function readPrediction(deps: PredictionDeps, question: Question & Pick<SampleOrigin, 'value'>, index: number, sample: Sample, policyVersion: number): PredictionRollout {
  const { paragraph, passage, promptTokens, seeds, ids, value } = question;
  const origin = {
    id: ids[index]!,
    paragraph,
    index,
    seed: seeds[index]!,
    policyVersion,
    promptTemplate: deps.template.name,
    promptTokens,
    value,
  };
  const sampled = sampledRollout(origin, sample, 'boxed', deps);
  const rejection: PredictionRollout['rejection'] = sampled.answer === null ? 'no-box' : sampled.answer === '' ? 'empty-box' : null;
  return Object.assign(sampled, {
    passageId: passage.id,
    maskIndex: passage.maskIndex,
    rejection,
    correct: deps.isRight(sampled.answer, passage),
  });
}
