/**
 * Links as the words that a reader sees. In: wikitext without templates. Out: the same with internal and external links replaced by their labels, files,
 * categories and language links gone. Linear. Never throws.
 */
import { matchingSpans, replaceSpans } from './matching-spans.ts';

const unseen = /^\s*(?:file|image|media|category|bild|datei|kategorie|fichier|catégorie|archivo|imagen|categoría|файл|изображение|категория|картинка|ファイル|画像)\s*:/i;
const languageLink = /^(?:[a-z]{2,3}|simple|zh-[a-z-]+|be-tarask|roa-[a-z]+|nds-nl|fiu-vro|map-bms|bat-smg|cbk-zam)\s*:/;
const otherWiki = /^:?(?:wikt|wiktionary|wikipedia|wp|w|s|wikisource|b|q|wikiquote|c|commons|d|wikidata|m|meta|species|user|help|portal|template|special|voy|v|n)\s*:/i;
const maxNesting = 8; // links within captions

export function renderLinks(text: string, nesting = 0): string {
  if (!text.includes('[')) return text;
  const spans = matchingSpans(text, '[[', ']]');
  const inner = replaceSpans(text, spans, (link) => renderLink(link.slice(2, -2), nesting));
  return renderExternalLinks(inner);
}

function renderLink(link: string, nesting: number): string {
  if (unseen.test(link)) return '';
  const bar = link.indexOf('|');
  const target = (bar < 0 ? link : link.slice(0, bar)).trim();
  if (bar < 0) {
    if (languageLink.test(target)) return '';
    return target.replace(otherWiki, '').replace(/^:/, '').replaceAll('_', ' ');
  }
  const label = link.slice(bar + 1);
  if (label.trim() === '') return pipeTrick(target);
  if (nesting >= maxNesting) return '';
  return label.includes('[[') ? renderLinks(label, nesting + 1) : label;
}

/** `[[Foo (bar)|]]` shows "Foo". */
function pipeTrick(target: string): string {
  return target
    .replace(/^:?[^:]{1,40}:(?=\S)/, '')
    .replace(/\s*\([^()]*\)$/, '')
    .replace(/, [^,]*$/, '');
}

function renderExternalLinks(text: string): string {
  return text.replace(/\[(?:https?:|ftp:|mailto:|news:)?\/{0,2}(?:[\w-]+[.@:])[^\s[\]]*(?:[ \t]+([^\][\n]*))?\]/gi, (whole: string, label: string | undefined) =>
    /^\[(?:https?:|ftp:|mailto:|news:|\/\/)/i.test(whole) ? (label ?? '') : whole,
  );
}
