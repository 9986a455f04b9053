/**
 * A page as its paragraphs. In: a page of any format. Out: normalised paragraphs in order, with section titles; of Wikipedia text only clean prose. Never throws.
 */
import { whyUnclean, type Unclean } from './is-clean-prose.ts';
import { normaliseText } from './normalise-text.ts';
import type { Page } from './page.ts';
import type { RenderTemplate } from './render-template.ts';
import { isListSection } from './split-sections.ts';
import { wikitextToProse, type ProseParagraph } from './wikitext-to-prose.ts';

export interface PageParagraphs {
  readonly paragraphs: readonly ProseParagraph[];
  /** Why others were left out. */
  readonly unclean: readonly Unclean[];
}

export function pageParagraphs(page: Page, renderTemplate: RenderTemplate): PageParagraphs {
  if (page.markup === 'question') return { paragraphs: [{ sections: [], text: page.text }], unclean: [] };
  if (page.markup === 'plain') return { paragraphs: plainParagraphs(page.text), unclean: [] };
  const all = page.markup === 'wikitext' ? wikitextToProse(page.text, renderTemplate) : extractedParagraphs(page.text);
  const reasons = all.map((paragraph) => whyUnclean(paragraph.text));
  return {
    paragraphs: all.filter((_, i) => reasons[i] === null),
    unclean: reasons.filter((reason) => reason !== null),
  };
}

function plainParagraphs(text: string): ProseParagraph[] {
  return text
    .split(/\n[^\S\n]*\n\s*/)
    .map((block) => ({ sections: [], text: normaliseText(block) }))
    .filter((paragraph) => paragraph.text !== '');
}

const longestHeading = 80; // characters

/** Text of Hugging Face's Wikipedia sets: blocks between blank lines; a short line without a full stop at a block's head is a heading. */
function extractedParagraphs(text: string): ProseParagraph[] {
  const paragraphs: ProseParagraph[] = [];
  let section: string | null = null;
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split('\n').map(normaliseText).filter((line) => line !== '');
    for (const [i, line] of lines.entries()) {
      if (i === 0 && isHeading(line)) {
        section = line;
        continue;
      }
      if (section !== null && isListSection(section)) continue;
      if (/^[*•·–-]\s/.test(line)) continue;
      paragraphs.push({ sections: section === null ? [] : [section], text: line });
    }
  }
  return paragraphs;
}

function isHeading(line: string): boolean {
  return line.length <= longestHeading && /[\p{L}\p{N})]$/u.test(line);
}
