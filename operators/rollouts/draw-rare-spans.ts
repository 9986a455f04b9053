/**
 * The heuristic choice by rarity, in place of `generateMasks`. In: admitted paragraphs. Out: each with up to `masksPerParagraph` passages whose masks are word spans of random length, as
 * `drawSpans` has them, drawn from the `masks.topShare` of rarest words. A paragraph without a span goes on empty, with a dead letter.
 *
 * How rare a word is, its tokens tell: a byte-pair vocabulary numbers them in the order in which they were merged, the more frequent the earlier, so that by Zipf's law -log p of a token is
 * log(1 + id) and a constant. A word's rarity is the sum over its tokens; a span's the mean of its words. So it is a function of the text alone, whatever was read before.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { askSpan } from './ask-span.ts';
import { bestSpans } from './best-spans.ts';
import { drawPassages, type ChooserDeps } from './draw-passages.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { tokenSpans } from './token-spans.ts';
import { wordScores } from './word-scores.ts';
import { wordSpans } from './word-spans.ts';

export function drawRareSpans(deps: ChooserDeps & Pick<RolloutDeps, 'tokenizer'>): OperatorFunction<Paragraph, MaskGroup> {
  const { tokenizer, config } = deps;
  return map((paragraph) => {
    const ids = tokenizer.encode(paragraph.text);
    const words = wordSpans(paragraph.text);
    const rarities = wordScores(words, tokenSpans(paragraph.text, ids, tokenizer), ids.map((id) => Math.log1p(id)));
    const best = bestSpans(words, rarities, config.masks);
    return drawPassages(deps, 'draw-rare-spans', paragraph, words.length === 0 ? null : (draw) => askSpan(deps, paragraph, best(draw), draw));
  });
}
