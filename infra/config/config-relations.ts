/** What must hold between keys. In: a config whose keys are each valid. Out: what is broken, with the keys concerned. Pure. */
import { isS3Address } from '../policy-weights/s3/s3-place.ts';
import type { Config } from '../../schemas/config/config.ts';
import { tinkerRelations } from './tinker-relations.ts';

export interface BrokenRelation {
  readonly keys: readonly string[];
  readonly what: string;
}

interface Relation extends BrokenRelation {
  readonly holds: boolean;
}

export function brokenRelations(config: Config): BrokenRelation[] {
  return [...relations(config), ...tinkerRelations(config)]
    .filter(({ holds }) => !holds)
    .map(({ keys, what }) => ({ keys, what }));
}

function relations({ pipeline, run, engine, corpus, rollouts, optimiser, evaluation, grpo, kafka }: Config): Relation[] {
  const sampled = pipeline !== 'continue-pretraining';
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
      holds: !sampled || rollouts.maxPromptTokens > corpus.minTokens,
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
      keys: ['evaluation.every', 'evaluation.cloze', 'evaluation.probe'],
      holds: evaluation.every === 0 || evaluation.cloze !== null || evaluation.probe !== null,
      what: `evaluation.every is ${evaluation.every}, but there is nothing to evaluate: evaluation.cloze and evaluation.probe are null`,
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
