import type { Random } from '../prose/random.ts';
import type { Segment } from '../prose/segment.ts';

/**
 * A sentence as wikitext. In: its pieces, the titles known by what a piece says, the title of the article itself,
 * and the titles linked so far in the paragraph (grows). Out: wikitext which reads as the pieces' text.
 */
export function sentenceMarkup(segments: readonly Segment[], titleOf: (text: string) => string | undefined, self: string, linked: Set<string>): string {
  return segments
    .map(({ text, look }) => {
      if (look === 'bold') return `'''${text}'''`;
      if (look === 'bold-italic') return `'''''${text}'''''`;
      if (look === 'plain') return text;
      const title = titleOf(text);
      const open = title !== undefined && title !== self && !linked.has(title);
      if (open) linked.add(title);
      const link = open ? linkMarkup(text, title) : text;
      return look === 'italic' ? `''${link}''` : link;
    })
    .join('');
}

/** A link that reads as `text`; an article such as "the" stays outside it. */
function linkMarkup(text: string, title: string): string {
  const [, article = '', rest = text] = /^([Tt]he )?(.*)$/.exec(text) ?? [];
  if (rest === title || rest.charAt(0).toUpperCase() + rest.slice(1) === title) return `${article}[[${rest}]]`;
  if (text === title) return `[[${text}]]`;
  return `${article}[[${title}|${rest}]]`;
}

/** What may follow a sentence in wikitext without showing in its text: a source, a comment, or nothing. */
export function afterSentence(random: Random, name: string): string {
  const draw = random.unit();
  if (draw < 0.12) return `<ref>{{cite book |title=The Sample Encyclopedia, volume ${random.between(1, 24)} |page=${random.between(2, 480)}}}</ref>`;
  if (draw < 0.18) return `<ref name="cards">Card index, [https://example.org/cards/${random.between(1, 9999)} entry ${name}]</ref>`;
  if (draw < 0.21) return '<ref name="cards" />';
  if (draw < 0.24) return '<!-- checked against the card index -->';
  return '';
}
