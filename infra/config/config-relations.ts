/** What must hold between keys. In: a config whose keys are each valid. Out: what is broken, with the keys concerned. Pure. */
import { isS3Address } from '../policy-weights/s3/s3-place.ts';
import type { Config } from '../../schemas/config/config.ts';
import { samplesPredictions } from '../../schemas/config/samples-predictions.ts';
import type { BrokenRelation } from './check-values.ts';
import { rolloutsRelations } from './rollouts-relations.ts';
import { tinkerRelations } from './tinker-relations.ts';

interface Relation extends BrokenRelation {
  readonly holds: boolean;
}

export function brokenRelations(config: Config): BrokenRelation[] {
  return [...relations(config), ...tinkerRelations(config), ...rolloutsRelations(config)]
    .filter(({ holds }) => !holds)
    .map(({ keys, what }) => ({ keys, what }));
}

/** Pipelines that choose no token or span without context before it. */
const needContext: readonly Config['pipeline'][] = ['random-ntp', 'entropy-ntp', 'entropy-span'];

/** Formulations that are another one with a baseline of their own. */
const ownBaseline: readonly Config['grpo']['formulation'][] = ['rloo', 'reinforce++-baseline'];

function relations({ pipeline, run, engine, corpus, rollouts, masks, optimiser, evaluation, grpo, kafka }: Config): Relation[] {
  const sampled = samplesPredictions(pipeline);
  const targets = engine.lora?.targets ?? [];
  return [
    {
      keys: ['engine.lora.targets'],
      holds: new Set(targets).size === targets.length,
      what: `engine.lora.targets names a layer twice: ${targets.join(', ')}`,
    },
    {
      keys: ['corpus.maxTokens', 'corpus.minTokens'],
      holds: corpus.maxTokens >= corpus.minTokens,
      what: `corpus.maxTokens is ${corpus.maxTokens}, below corpus.minTokens (${corpus.minTokens}): no paragraph would be left`,
    },
    {
      keys: ['rollouts.maxPromptTokens', 'corpus.minTokens'],
      holds: pipeline === 'continue-pretraining' || rollouts.maxPromptTokens > corpus.minTokens,
      what: `rollouts.maxPromptTokens is ${rollouts.maxPromptTokens}, but the shortest paragraph has ${corpus.minTokens} tokens (corpus.minTokens): every prompt would be too long`,
    },
    {
      keys: ['optimiser.warmupSteps', 'run.steps'],
      holds: optimiser.warmupSteps < run.steps,
      what: `optimiser.warmupSteps is ${optimiser.warmupSteps}, not below run.steps (${run.steps}): the learning rate would never reach its peak`,
    },
    {
      keys: ['optimiser.beta1', 'optimiser.beta2'],
      holds: optimiser.beta1 < 1 && optimiser.beta2 < 1,
      what: `optimiser.beta1 and beta2 must be below 1, and are ${optimiser.beta1} and ${optimiser.beta2}: the averages of AdamW would never move`,
    },
    {
      keys: ['run.coldStartSteps', 'pipeline'],
      holds: run.coldStartSteps === 0 || pipeline === 'pretrain-zero',
      what: `run.coldStartSteps is ${run.coldStartSteps}, but ${pipeline} learns no masks that could wait: it must be 0`,
    },
    {
      keys: ['run.coldStartSteps', 'run.steps'],
      holds: run.coldStartSteps < run.steps,
      what: `run.coldStartSteps is ${run.coldStartSteps}, not below run.steps (${run.steps}): no mask would ever be learned`,
    },
    {
      keys: ['masks.minContextTokens', 'corpus.maxTokens', 'pipeline'],
      holds: !needContext.includes(pipeline) || masks.minContextTokens < corpus.maxTokens,
      what: `masks.minContextTokens is ${masks.minContextTokens}, not below corpus.maxTokens (${corpus.maxTokens}): no token of any paragraph would have so many before it`,
    },
    {
      keys: ['masks.atLeast', 'rollouts.masksPerParagraph'],
      holds: masks.atLeast <= rollouts.masksPerParagraph,
      what: `masks.atLeast is ${masks.atLeast}, more than rollouts.masksPerParagraph (${rollouts.masksPerParagraph}): no paragraph could give so many by itself`,
    },
    {
      keys: ['rollouts.masksPerParagraph', 'pipeline'],
      holds: pipeline !== 'pretrain-zero' || rollouts.masksPerParagraph >= 2,
      what: `rollouts.masksPerParagraph is ${rollouts.masksPerParagraph}; a GRPO group needs 2 or more to compare`,
    },
    {
      keys: ['rollouts.predictionsPerMask', 'pipeline'],
      holds: !sampled || rollouts.predictionsPerMask >= 2,
      what: `rollouts.predictionsPerMask is ${rollouts.predictionsPerMask}; a GRPO group needs 2 or more to compare`,
    },
    {
      keys: ['rollouts.masksPerParagraph', 'pipeline'],
      holds: pipeline !== 'post-training' || rollouts.masksPerParagraph === 1,
      what: `rollouts.masksPerParagraph is ${rollouts.masksPerParagraph}; in post-training a question has one answer: set it to 1`,
    },
    {
      keys: ['corpus.format', 'pipeline'],
      holds: (pipeline === 'post-training') === (corpus.format === 'questions'),
      what: `corpus.format is ${corpus.format} in ${pipeline}: questions are for post-training, and post-training takes nothing else`,
    },
    {
      keys: ['evaluation.every', 'evaluation.cloze', 'evaluation.probe'],
      holds: evaluation.every === 0 || evaluation.cloze !== null || evaluation.probe !== null,
      what: `evaluation.every is ${evaluation.every}, but there is nothing to evaluate: evaluation.cloze and evaluation.probe are null`,
    },
    {
      keys: ['grpo.baseline', 'pipeline'],
      holds: sampled || grpo.baseline === 'group-mean',
      what: `grpo.baseline is critic, but ${pipeline} has no rewards to foretell`,
    },
    {
      keys: ['grpo.baseline', 'grpo.formulation'],
      holds: grpo.baseline === 'group-mean' || !ownBaseline.includes(grpo.formulation),
      what: `grpo.baseline is critic, but what sets ${grpo.formulation} apart is the baseline that it would replace: take grpo, dr-grpo or reinforce++ for grpo.formulation`,
    },
    {
      keys: ['kafka.weights'],
      holds: kafka.weights === null || isS3Address(kafka.weights) || !/^[a-z][a-z0-9+]*:\/\//i.test(kafka.weights),
      what: `kafka.weights is ${kafka.weights ?? 'null'}; it must be a folder that all workers can read, or s3://BUCKET/PREFIX of letters, digits and . _ = -`,
    },
    {
      keys: ['grpo.ratioCap', 'grpo.clipHigh'],
      holds: !sampled || grpo.ratioCap >= 1 + grpo.clipHigh,
      what: `grpo.ratioCap is ${grpo.ratioCap}, below 1 + grpo.clipHigh (${1 + grpo.clipHigh}): the upper clip would never act`,
    },
  ];
}
