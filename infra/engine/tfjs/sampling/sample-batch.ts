/**
 * Batched sampling: all groups are decoded together. In: groups. Out: one list of samples a group, in the order asked. Wrong:
 * NOT_A_NUMBER, OUT_OF_MEMORY. A sample is a function of (weights, prompt, seed) alone, whatever else is in the batch.
 */
import type { GenerateProgress, GenerateRequest, Sample, SamplingGroup } from '../../../../operators/ports/engine.ts';
import { rowsPerChunk, tokenDistributions } from '../model/token-distributions.ts';
import type { PolicyModel } from '../model/policy-model.ts';
import type { PolicyWeights } from '../model/policy-weights.ts';
import { decodeStep } from './decode-step.ts';
import type { OpenSample } from './open-sample.ts';
import { pickToken } from './pick-token.ts';
import { prefill, type Prefilled } from './prefill.ts';
import { SuffixCache } from './suffix-cache.ts';
import { uniform } from './uniform.ts';

/** How to sample, without what. */
export type SamplingSettings = Omit<GenerateRequest, 'groups'>;

/** @param breathe awaited between steps, so that messages get through */
export async function sampleBatch(
  groups: readonly SamplingGroup[],
  settings: SamplingSettings,
  { weights, ropes }: PolicyModel,
  progress: GenerateProgress,
  breathe: () => Promise<void>,
): Promise<Sample[][]> {
  const prefilled: Prefilled[] = [];
  try {
    for (const pass of prefill(weights, groups.map(({ promptTokens }) => promptTokens), ropes)) {
      prefilled.push(...pass);
      await breathe();
    }
    const samples = groups.map(({ seeds }, g) => seeds.map((seed) => openSample(seed, prefilled[g]!, weights)));
    const limit = (sample: OpenSample): number => Math.min(settings.maxNewTokens, weights.config.maxPositions - sample.prefix.length);
    let open = samples.flat();
    let hidden = repeatRows(prefilled, groups);
    while (open.length > 0) {
      extend(open, hidden, settings, limit, weights);
      const sampled = open.length;
      open = open.filter(({ finishReason }) => finishReason === null);
      progress(sampled, open.length);
      await breathe();
      if (open.length > 0) hidden = decodeStep(weights, open, ropes);
    }
    return samples.map((group) => group.map(({ tokens, logprobs, finishReason }) => ({ tokens, logprobs, finishReason: finishReason! })));
  } finally {
    for (const { cache } of prefilled) cache.dispose();
  }
}

function openSample(seed: number, { cache }: Prefilled, { config }: PolicyWeights): OpenSample {
  return { seed, prefix: cache, suffix: new SuffixCache(config), tokens: [], logprobs: [], finishReason: null };
}

/** Samples one token for each row. @param hidden [open, width] */
function extend(
  open: readonly OpenSample[],
  hidden: Float32Array,
  { temperature, stopTokens }: SamplingSettings,
  limit: (sample: OpenSample) => number,
  { head, config }: PolicyWeights,
): void {
  const chunk = rowsPerChunk(config.vocabularySize);
  for (let first = 0; first < open.length; first += chunk) {
    const rows = open.slice(first, first + chunk);
    const distributions = tokenDistributions(head, hidden.slice(first * config.width, (first + rows.length) * config.width), temperature === 0 ? 1 : temperature);
    for (const [row, sample] of rows.entries()) {
      const draw = temperature === 0 ? null : uniform(sample.seed, sample.tokens.length);
      const { token, logprob } = pickToken(distributions, row, draw);
      sample.tokens.push(token);
      sample.logprobs.push(logprob);
      if (stopTokens.includes(token)) sample.finishReason = 'stop';
      else if (sample.tokens.length >= limit(sample)) sample.finishReason = 'length';
    }
  }
}

/** The hidden state of each group's prompt, once for each of its samples. */
function repeatRows(prefilled: readonly Prefilled[], groups: readonly SamplingGroup[]): Float32Array {
  const width = prefilled[0]?.hidden.length ?? 0;
  const rows = new Float32Array(width * groups.reduce((sum, { seeds }) => sum + seeds.length, 0));
  let done = 0;
  for (const [g, { seeds }] of groups.entries()) {
    for (let i = 0; i < seeds.length; i++, done += width) rows.set(prefilled[g]!.hidden, done);
  }
  return rows;
}
