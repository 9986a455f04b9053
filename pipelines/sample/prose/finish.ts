import { afterSentence, sentenceMarkup } from '../wiki/markup.ts';
import { classify } from './classify.ts';
import type { Random } from './random.ts';
import type { Paragraph, Segment } from './segment.ts';

/** What a paragraph needs to know of the whole encyclopedia. */
export interface Surroundings {
  titleOf: (text: string) => string | undefined; // the article that a piece of text links to
  isIdentifying: (subject: string, key: string) => boolean;
}

/** In: the sentences of a paragraph. Out: its text, wikitext and spans. `self` is the article's title. */
export function finishParagraph(sentences: readonly Segment[][], heading: string, self: string, random: Random, world: Surroundings): Paragraph {
  const space: Segment = { text: ' ', origin: { from: 'frame' }, look: 'plain' };
  const segments = sentences.flatMap((sentence, i) => (i === 0 ? sentence : [space, ...sentence]));
  const linked = new Set<string>();
  return {
    heading,
    text: segments.map((segment) => segment.text).join(''),
    wikitext: sentences.map((sentence) => sentenceMarkup(sentence, world.titleOf, self, linked) + afterSentence(random, self)).join(' '),
    spans: classify(segments, world.isIdentifying),
  };
}

export function wordCount(sentences: readonly Segment[][]): number {
  return sentences.reduce((words, sentence) => words + sentence.map(({ text }) => text).join('').split(' ').length, 0);
}
