/**
 * What a log can say of a changed config key. In: a dotted key. Out: where in a step the key acts, by which each kind of replay takes or refuses it. Pure. Every key of the config
 * has its place here.
 */

export const replayClasses = {
  /** Judges samples that are there: a what-if answers it, where the log holds the questions that follow. */
  judging: ['masks.regularise', 'masks.maxOccurrences', 'rollouts.maxPromptTokens', 'rewards', 'grpo.formulation', 'grpo.groupFilter', 'verifier'],
  /** A limit: a lower one takes part of the samples that are there, more of them there are not. */
  limit: ['rollouts.masksPerParagraph', 'rollouts.predictionsPerMask', 'rollouts.maxMaskResponseTokens', 'rollouts.maxPredictionResponseTokens'],
  /** Makes batches and rates of what was judged. */
  batching: ['engine.maxTokensPerMicroBatch', 'optimiser.learningRate', 'optimiser.schedule', 'optimiser.warmupSteps'],
  /** Acts in the update, and needs weights to tell. */
  update: ['run.steps', 'run.checkpointEvery', 'run.keepCheckpoints', 'engine.lora', 'optimiser', 'grpo.clipLow', 'grpo.clipHigh', 'grpo.ratioCap', 'grpo.criticLearningRate', 'pretraining', 'evaluation', 'alarms', 'log'],
  /** Says where things are or how fast they go, and changes no value (of the weights, the last bits). */
  place: ['transport', 'benchmark', 'kafka', 'run.name', 'model.path', 'engine.backend', 'engine.threads', 'engine.maxRowsPerBatch', 'engine.recomputeActivations', 'engine.tinker', 'engine.rollouts', 'alarms.onAlarm', 'alarms.instability', 'alarms.harm', 'alarms.imbalance', 'alarms.barren'],
  /** Decides what is sampled. */
  sampling: ['pipeline', 'run.seed', 'run.coldStartSteps', 'corpus', 'rollouts.paragraphsPerStep', 'rollouts.promptTemplate', 'rollouts.temperature', 'masks.constrained', 'masks.atLeast', 'masks.spanLengthP', 'masks.maxSpanWords', 'masks.topShare', 'masks.minContextTokens', 'grpo.baseline', 'grpo.maxStaleness', 'grpo.refillParagraphs'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ReplayClass = keyof typeof replayClasses;

/** The class of the longest entry that is the key or a section it stands in; null where there is none. */
export function replayClassOf(key: string): ReplayClass | null {
  let best: { readonly length: number; readonly name: ReplayClass } | null = null;
  for (const name of Object.keys(replayClasses) as ReplayClass[]) {
    for (const entry of replayClasses[name]) {
      if ((key === entry || key.startsWith(`${entry}.`)) && entry.length > (best?.length ?? 0)) best = { length: entry.length, name };
    }
  }
  return best?.name ?? null;
}

/** What a changed key asks for. */
export type ReplayKind = 'values' | 'gradients' | 'what-if' | 'train';

/** Why a kind of replay cannot take a changed key; null where it can. @param raised whether a limit was set higher */
export function refusalOf(kind: ReplayKind, key: string, raised: boolean): string | null {
  const place = replayClassOf(key);
  if (place === 'place') return null;
  if (place === null || place === 'sampling') return `${key} decides what is sampled, and no log holds samples that were never drawn: start a run with it`;
  if (kind === 'gradients') return `${key} would make another update than the run's; --gradients computes the run's own again (--train learns anew with a changed key)`;
  if (place === 'limit' && raised) return `${key} can be lowered, not raised: the log holds no more samples than were drawn`;
  if (place === 'update' && kind !== 'train') return `${key} acts in the update, and what it does depends on weights: --train learns a model with it`;
  return null;
}
