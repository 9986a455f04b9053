import type { Article } from './encyclopedia.ts';

const topics: ReadonlySet<string> = new Set(['country', 'capital']);

/**
 * The atlas: the part of the encyclopedia that is about countries and their capitals, small enough for a model of a million
 * parameters to learn. In: all articles. Out: those on countries and capitals, and on the values that only these share.
 */
export function atlasOf(articles: readonly Article[]): Article[] {
  const isOfAtlas = ({ subject }: Article): boolean => subject !== undefined && topics.has(subject.topic.name);
  const members = new Set(articles.filter(isOfAtlas).map(({ title }) => title));
  return articles.filter((article) =>
    article.subject === undefined ? article.related.length > 0 && article.related.every((title) => members.has(title)) : isOfAtlas(article),
  );
}
