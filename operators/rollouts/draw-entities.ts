/**
 * The heuristic choice of named entities, in place of `generateMasks`. In: admitted paragraphs. Out: each with up to `masksPerParagraph` passages whose masks are names (runs of
 * capitalised words that do not open a sentence) and numbers, as `contentSpans` finds them: a name or a number first, then any of them. A paragraph without any goes on empty, with a dead
 * letter.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { askSpan } from './ask-span.ts';
import { contentSpans, drawContentSpan } from './content-spans.ts';
import { drawPassages, type ChooserDeps } from './draw-passages.ts';

export function drawEntities(deps: ChooserDeps): OperatorFunction<Paragraph, MaskGroup> {
  return map((paragraph) => {
    const entities = contentSpans(paragraph.text);
    const question = (draw: () => number) => askSpan(deps, paragraph, drawContentSpan(entities, draw)!, draw);
    return drawPassages(deps, 'draw-entities', paragraph, entities.length === 0 ? null : question);
  });
}
