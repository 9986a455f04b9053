import assert from 'node:assert/strict';
import { test } from 'node:test';
import wtf from 'wtf_wikipedia';
import { writeEncyclopedia } from '../../../pipelines/sample/encyclopedia.ts';
import { Random } from '../../../pipelines/sample/prose/random.ts';
import { articlePage } from '../../../pipelines/sample/wiki/article-page.ts';

test('a wikitext parser finds each labelled paragraph, word for word and in order', () => {
  const random = new Random('cleaning test');
  for (const article of writeEncyclopedia('sample encyclopedia')) {
    const { text } = articlePage(article, random.fork(article.title));
    const found = wtf(text)
      .sections()
      .flatMap((section) => ([section.paragraphs()].flat() as { text(): string }[]).map((paragraph) => paragraph.text().replace(/\s+/g, ' ').trim()));
    const expected = article.paragraphs.map((paragraph) => paragraph.text);
    const prose = found.filter((paragraph) => paragraph.split(' ').length >= 40);
    assert.deepEqual(prose, expected, article.title);
  }
});
