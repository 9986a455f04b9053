/**
 * The `random-span` baseline, in place of `generateMasks`. In: admitted paragraphs. Out: each with `masksPerParagraph` passages whose masks
 * are random word spans (fewer where the paragraph has no more distinct usable ones), and no mask rollouts. A paragraph
 * without any goes on empty, with a dead letter.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { askSpan } from './ask-span.ts';
import { drawPassages, type ChooserDeps } from './draw-passages.ts';
import { drawWordSpan } from './random-spans.ts';
import { wordSpans } from './word-spans.ts';

/** Draws the spans of every paragraph. Spans obey the same regularisation as masks; an unusable or repeated one is drawn anew. */
export function drawSpans(deps: ChooserDeps): OperatorFunction<Paragraph, MaskGroup> {
  const { spanLengthP, maxSpanWords } = deps.config.masks;
  return map((paragraph) => {
    const words = wordSpans(paragraph.text);
    const question = (draw: () => number) => askSpan(deps, paragraph, drawWordSpan(words, spanLengthP, maxSpanWords, draw), draw);
    return drawPassages(deps, 'draw-spans', paragraph, words.length === 0 ? null : question);
  });
}
