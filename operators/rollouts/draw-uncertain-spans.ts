/**
 * The heuristic choice by entropy, in place of `generateMasks`. In: admitted paragraphs. Out: each with up to `masksPerParagraph` passages whose masks are word spans of random length, as
 * `drawSpans` has them, drawn from the `masks.topShare` of highest entropy under the current policy. A word's entropy is the sum over its tokens (the chain rule); a span's the mean of its words.
 * The first `masks.minContextTokens` tokens are not chosen from: they are uncertain for want of context alone. A paragraph without a span, or with an entropy that is not a number, goes on empty, with a dead letter. The engine's
 * errors end the stream.
 */
import { map, pipe, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { askSpan } from './ask-span.ts';
import { bestSpans } from './best-spans.ts';
import { drawPassages } from './draw-passages.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { tokenSpans } from './token-spans.ts';
import { usableEntropies } from './usable-entropies.ts';
import { withEntropies } from './with-entropies.ts';
import { wordScores } from './word-scores.ts';
import { wordSpans } from './word-spans.ts';

const stageName = 'draw-uncertain-spans';

export function drawUncertainSpans(deps: RolloutDeps): OperatorFunction<Paragraph, MaskGroup> {
  const { tokenizer, config } = deps;
  const choose = (paragraph: Paragraph): MaskGroup => {
    const entropies = usableEntropies(deps, stageName, paragraph);
    if (entropies === null) return { paragraph, maskRollouts: [], passages: [] };
    const tokens = tokenSpans(paragraph.text, tokenizer.encode(paragraph.text), tokenizer).slice(0, entropies.length);
    const from = tokens[config.masks.minContextTokens]?.start ?? Infinity;
    const until = tokens.at(-1)?.end ?? 0;
    const words = wordSpans(paragraph.text).filter(({ start, end }) => start >= from && end <= until);
    const best = bestSpans(words, wordScores(words, tokens, entropies), config.masks);
    return drawPassages(deps, stageName, paragraph, words.length === 0 ? null : (draw) => askSpan(deps, paragraph, best(draw), draw));
  };
  return pipe(withEntropies(deps), map(choose));
}
