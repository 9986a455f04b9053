import type { Article } from '../encyclopedia.ts';
import { groupBy } from '../group-by.ts';
import type { Random } from '../prose/random.ts';
import type { Page } from './page.ts';

const TALK_SHARE = 0.06;

/** Pages that are no articles and that a reader of the corpus must leave out: redirects, talk, categories, templates. */
export function otherPages(articles: readonly Article[], random: Random): Page[] {
  return [...redirects(articles), ...talkPages(articles, random), ...categories(articles), ...templates()];
}

function redirects(articles: readonly Article[]): Page[] {
  const taken = new Set(articles.map(({ title }) => title));
  const pages: Page[] = [];
  for (const { title, subject } of articles) {
    if (!subject) continue;
    const names = [subject.facts['symbol'], subject.name.startsWith('the ') ? `The ${title}` : undefined, subject.topic.name === 'number' ? `Number ${title.replace(' (number)', '')}` : undefined];
    for (const name of names) {
      if (name === undefined || taken.has(name)) continue;
      taken.add(name);
      pages.push({ namespace: 0, title: name, redirect: title, text: `#REDIRECT [[${title}]]\n\n{{R from other name}}` });
    }
  }
  return pages;
}

function talkPages(articles: readonly Article[], random: Random): Page[] {
  return articles
    .filter(() => random.chance(TALK_SHARE))
    .map(({ title }) => ({
      namespace: 1,
      title: `Talk:${title}`,
      text: `{{WikiProject Cards|class=${random.pick(['Stub', 'Start', 'C'])}}}\n\n== Card ==\nHas anyone seen the card of [[${title}]]? ~~~~\n: It is in drawer ${random.between(1, 99)}. ~~~~`,
    }));
}

function categories(articles: readonly Article[]): Page[] {
  const kinds = groupBy(articles.flatMap(({ subject }) => (subject ? [subject.topic.plural] : [])), (plural) => plural);
  return [...kinds.keys()].map((plural) => ({
    namespace: 14,
    title: `Category:${plural.charAt(0).toUpperCase()}${plural.slice(1)}`,
    text: `Entries on ${plural}.\n\n[[Category:Entries of the sample encyclopedia]]`,
  }));
}

function templates(): Page[] {
  return [
    { namespace: 10, title: 'Template:Navbox sample', text: '<noinclude>{{documentation}}</noinclude>{{Navbox |name=Navbox sample |title=The sample encyclopedia |list1={{{topic|}}}}}' },
    { namespace: 4, title: 'Wikipedia:Card index', text: "The '''card index''' is what the notes of this sample speak of. It is made up." },
  ];
}
