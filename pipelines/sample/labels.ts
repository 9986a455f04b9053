import type { Article } from './encyclopedia.ts';
import type { Span } from './prose/segment.ts';

/** What each word of one paragraph is. */
export interface Label {
  title: string;
  paragraph: number; // from 0, within the article
  text: string;
  spans: Span[];
}

export function labelsOf(articles: readonly Article[]): Label[] {
  return articles.flatMap(({ title, paragraphs }) => paragraphs.map(({ text, spans }, paragraph) => ({ title, paragraph, text, spans })));
}

/** In: records. Out: one line of JSON for each. */
export function jsonLines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}
