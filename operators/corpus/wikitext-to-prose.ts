/**
 * An article as its prose. In: wikitext of one page. Out: its paragraphs in order, each with its section titles; markup is rendered as a reader sees it, what
 * is no running text (boxes, tables, lists, files, notes) is gone. A paragraph in which something could not be rendered keeps a hole
 * (hole.ts); `isCleanProse` turns it down. Linear in the page's length. Never throws.
 */
import { hole } from './hole.ts';
import { matchingSpans, replaceSpans, type Span } from './matching-spans.ts';
import { renderInline } from './render-inline.ts';
import { renderLinks } from './render-links.ts';
import type { RenderTemplate } from './render-template.ts';
import { repairProse } from './repair-prose.ts';
import { splitSections } from './split-sections.ts';
import { stripElements } from './strip-elements.ts';
import { stripTables } from './strip-tables.ts';

export interface ProseParagraph {
  /** Section titles from the outermost inward. */
  readonly sections: readonly string[];
  readonly text: string;
}

const maxBlockLength = 50_000; // characters; no paragraph of prose is longer

export function wikitextToProse(wikitext: string, renderTemplate: RenderTemplate): ProseParagraph[] {
  const unframed = stripBlockTemplates(stripElements(wikitext.replaceAll('\r\n', '\n')), renderTemplate);
  const unfiled = stripFiles(stripTables(unframed));
  const renderTitle = (title: string): string => repairProse(renderInline(renderLinks(title))).replaceAll(hole, '');
  return splitSections(unfiled, renderTitle).flatMap(({ sections, text }) => {
    if (text.length > maxBlockLength) return [{ sections, text: hole }]; // so that it is counted
    const prose = repairProse(renderInline(renderLinks(text)));
    return prose === '' ? [] : [{ sections, text: prose }];
  });
}

/** Templates that stand alone on their lines are boxes and notices and go; the others are rendered in place. */
function stripBlockTemplates(wikitext: string, renderTemplate: RenderTemplate): string {
  const spans = matchingSpans(wikitext, '{{', '}}');
  return replaceSpans(wikitext, spans, (template, span) => {
    if (standsAlone(wikitext, span)) return '';
    const rendered = renderTemplate(template);
    return rendered === hole && (isNote(wikitext, span) || isPronunciation(wikitext, span)) ? '' : rendered;
  });
}

/** Whether a template follows a mark of punctuation at once, as notes do and words do not. */
function isNote(text: string, { start, end }: Span): boolean {
  return /[.,;:!?)"”’]/.test(text[start - 1] ?? '') && /^(?:\s|\{|$)/.test(text.slice(end, end + 1));
}

/** Whether a template says how the name or the foreign word right before it is spoken: readers can do without. */
function isPronunciation(text: string, { start }: Span): boolean {
  return /^\{\{\s*(?:ipac?-|respell|pronunciation)/i.test(text.slice(start, start + 40)) && /(?:''|\}\}) ?$/.test(text.slice(Math.max(0, start - 3), start));
}

function standsAlone(text: string, { start, end }: Span): boolean {
  let before = start - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '}')) before--;
  let after = end;
  while (after < text.length && (text[after] === ' ' || text[after] === '{')) after++;
  return (before < 0 || text[before] === '\n') && (after >= text.length || text[after] === '\n');
}

/** Files with captions of several lines would tear paragraphs apart: they go first. */
function stripFiles(wikitext: string): string {
  const spans = matchingSpans(wikitext, '[[', ']]').filter(({ start }) => /^\[\[\s*(?:file|image|category)\s*:/i.test(wikitext.slice(start, start + 20)));
  return replaceSpans(wikitext, spans, () => '');
}
