/**
 * How rare words are in the corpus as a grid read it. In: its distinct paragraphs. Out: for a text, the rarity of its rarest word in bits: log2(paragraphs / paragraphs that hold the word), words in lower case. A
 * word that is in every paragraph has 0 bits, one that is in a single one of 1024 has 10; a word that no paragraph holds counts as if one did.
 */
import { wordSpans } from '../rollouts/word-spans.ts';

export interface CorpusWords {
  /** Counts a paragraph once, however often it is given. */
  add(text: string): void;
  /** Null for a text without words, and before any paragraph was given. */
  rarity(text: string): number | null;
}

export function corpusWords(): CorpusWords {
  const seen = new Set<string>();
  const paragraphsWith = new Map<string, number>();
  return {
    add(text) {
      if (seen.has(text)) return;
      seen.add(text);
      for (const word of new Set(wordsOf(text))) paragraphsWith.set(word, (paragraphsWith.get(word) ?? 0) + 1);
    },
    rarity(text) {
      const words = wordsOf(text);
      if (words.length === 0 || seen.size === 0) return null;
      return Math.log2(seen.size / Math.min(...words.map((word) => paragraphsWith.get(word) ?? 1)));
    },
  };
}

function wordsOf(text: string): string[] {
  return wordSpans(text).map(({ start, end }) => text.slice(start, end).toLowerCase());
}
