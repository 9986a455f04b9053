import type { Article } from '../encyclopedia.ts';
import type { Random } from '../prose/random.ts';
import type { Page } from './page.ts';

/** An article as a page: templates, prose in sections, lists, a table, sources and categories around it. */
export function articlePage(article: Article, random: Random): Page {
  const { title, subject, paragraphs, related } = article;
  const parts: string[] = [];
  const topic = subject?.topic.name ?? 'shared value';
  if (random.chance(0.4)) parts.push(`{{Short description|${subject ? `One of the ${subject.topic.plural}` : 'What several entries share'}}}`);
  if (random.chance(0.1)) parts.push(`{{about|the ${subject?.topic.noun ?? 'name'}|other uses|${title} (other uses)}}`);
  if (subject) parts.push(infobox(article, random));
  if (random.chance(0.25)) parts.push(`[[File:${title} card.jpg|thumb|upright=${random.pick(['0.8', '1.1'])}|The card of [[${title}]] in the ''card index'']]`);

  let heading = '';
  for (const paragraph of paragraphs) {
    if (paragraph.heading !== heading) parts.push(`== ${paragraph.heading} ==`);
    heading = paragraph.heading;
    parts.push(paragraph.wikitext);
    if (random.chance(0.06)) parts.push('{{clear}}');
  }
  if (subject && random.chance(0.3)) parts.push(factTable(article));
  if (related.length > 0) parts.push('== See also ==', related.map((other) => `* [[${other}]]`).join('\n'));
  if (paragraphs.some(({ wikitext }) => wikitext.includes('<ref'))) {
    const cards = paragraphs.some(({ wikitext }) => wikitext.includes('<ref name="cards" />'));
    parts.push('== References ==', cards ? '{{reflist|refs=\n<ref name="cards">Card index, main drawer</ref>\n}}' : random.pick(['{{reflist}}', '<references />']));
  }
  if (random.chance(0.3)) parts.push('== External links ==', `* [https://example.org/entries/${random.between(100, 9999)} The entry in the catalogue]\n* {{official website|https://example.org/}}`);
  if (subject) parts.push(`{{Navbox sample|topic=${topic}}}`);
  parts.push(`{{DEFAULTSORT:${title}}}\n[[Category:${subject ? capital(subject.topic.plural) : 'Shared values'}]]\n[[Category:Entries of the sample encyclopedia]]`);
  return { namespace: 0, title, text: parts.join('\n\n') };
}

function infobox({ title, subject }: Article, random: Random): string {
  const rows = Object.entries(subject?.facts ?? {}).map(([key, value]) => {
    if (/^\d,?\d{2,3}$/.test(value) && /length|height|depth/.test(key)) return `| ${key} = {{convert|${value.replace(',', '')}|${key === 'length' ? 'km|mi' : 'm|ft'}|abbr=on}}`;
    if (value.includes('; ')) return `| ${key} = {{ubl|${value.split('; ').join('|')}}}`;
    return `| ${key} = ${value}${random.chance(0.05) ? '<ref>Infobox note</ref>' : ''}`;
  });
  return [`{{Infobox ${subject?.topic.name ?? 'value'}`, `| name = ${title}`, `| image = ${title} card.jpg`, ...rows, '}}'].join('\n');
}

function factTable({ title, subject }: Article): string {
  const rows = Object.entries(subject?.facts ?? {}).map(([key, value]) => `|-\n| ${key} || ${value}`);
  return [`{| class="wikitable sortable"`, `|+ Facts on ${title}`, '! Fact !! Value', ...rows, '|}'].join('\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
