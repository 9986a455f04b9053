/* The example of docs/adding-a-baseline.md, which must read the same. */
import { map, type OperatorFunction } from 'rxjs';
import { askSpan, drawInt, drawPassages, maskGroups, paragraphs, pretrainZero, replaceStage, stage, wordSpans } from '../../pipelines/index.ts';
import type { ChooserDeps, MaskGroup, Paragraph, Topology } from '../../pipelines/index.ts';

const fewestLetters = 6;

/** Hides a long word, any of those that the paragraph has. */
function drawLongWords(deps: ChooserDeps): OperatorFunction<Paragraph, MaskGroup> {
  return map((paragraph) => {
    const words = wordSpans(paragraph.text).filter(({ start, end }) => end - start >= fewestLetters);
    const question = (draw: () => number) => askSpan(deps, paragraph, words[drawInt(draw, words.length)]!, draw);
    return drawPassages(deps, 'draw-long-words', paragraph, words.length === 0 ? null : question);
  });
}

export const longWords: Topology = {
  ...replaceStage(pretrainZero, 'generate-masks', stage('draw-long-words', paragraphs, drawLongWords, maskGroups)),
  name: 'long-words',
};
