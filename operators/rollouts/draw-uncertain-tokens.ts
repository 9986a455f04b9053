/**
 * The `entropy-ntp` baseline (the recipe of RPT), in place of `generateMasks`. In: admitted paragraphs. Out: each with up to `masksPerParagraph` passages that end before a token drawn from the
 * `masks.topShare` of highest entropy under the current policy. At least `masks.minContextTokens` tokens stand before it: the first tokens of a text are uncertain for want of context alone.
 * A paragraph without such a token, or with an entropy that is not a number, goes on empty, with a dead letter. The engine's errors end the stream.
 */
import { map, pipe, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { drawInt } from '../flow/seeds.ts';
import { askNextToken } from './ask-next-token.ts';
import { drawPassages } from './draw-passages.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { tokenSpans } from './token-spans.ts';
import { topShare } from './top-share.ts';
import { usableEntropies } from './usable-entropies.ts';
import { withEntropies } from './with-entropies.ts';

const stageName = 'draw-uncertain-tokens';

export function drawUncertainTokens(deps: RolloutDeps): OperatorFunction<Paragraph, MaskGroup> {
  const { tokenizer, config } = deps;
  const { minContextTokens, topShare: share } = config.masks;
  const choose = (paragraph: Paragraph): MaskGroup => {
    const entropies = usableEntropies(deps, stageName, paragraph);
    if (entropies === null) return { paragraph, maskRollouts: [], passages: [] };
    const places = tokenSpans(paragraph.text, tokenizer.encode(paragraph.text), tokenizer).slice(0, entropies.length);
    const scored = places.map((place, i) => ({ place, entropy: entropies[i]! })).slice(minContextTokens);
    const tokens = topShare(scored, ({ entropy }) => entropy, share);
    const question = (draw: () => number) => askNextToken(deps, paragraph, tokens[drawInt(draw, tokens.length)]!.place);
    return drawPassages(deps, stageName, paragraph, tokens.length === 0 ? null : question);
  };
  return pipe(withEntropies(deps), map(choose));
}
