/**
 * The `random-ntp` baseline, in place of `generateMasks`. In: admitted paragraphs. Out: each with up to `masksPerParagraph` passages that end before a random token, which is the answer.
 * At least `masks.minContextTokens` tokens stand before it. A paragraph without such a token goes on empty, with a dead letter.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { drawInt } from '../flow/seeds.ts';
import { askNextToken } from './ask-next-token.ts';
import { drawPassages, type ChooserDeps } from './draw-passages.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { tokenSpans } from './token-spans.ts';

export function drawTokens(deps: ChooserDeps & Pick<RolloutDeps, 'tokenizer'>): OperatorFunction<Paragraph, MaskGroup> {
  const { tokenizer, config } = deps;
  return map((paragraph) => {
    const tokens = tokenSpans(paragraph.text, tokenizer.encode(paragraph.text), tokenizer).slice(config.masks.minContextTokens);
    const question = (draw: () => number) => askNextToken(deps, paragraph, tokens[drawInt(draw, tokens.length)]!);
    return drawPassages(deps, 'draw-tokens', paragraph, tokens.length === 0 ? null : question);
  });
}
