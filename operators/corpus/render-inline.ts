/**
 * Formatting within a line. In: wikitext without templates and links. Out: plain text: quote marks of bold and italic gone, tags gone, raised and lowered digits as their own
 * characters, character references decoded. Linear. Never throws.
 */
import { decodeEntities } from './html-entities.ts';

const raised: Readonly<Record<string, string>> = { 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹', '+': '⁺', '-': '⁻', '−': '⁻', '–': '⁻', '=': '⁼', '(': '⁽', ')': '⁾', n: 'ⁿ', i: 'ⁱ' };
const lowered: Readonly<Record<string, string>> = { 0: '₀', 1: '₁', 2: '₂', 3: '₃', 4: '₄', 5: '₅', 6: '₆', 7: '₇', 8: '₈', 9: '₉', '+': '₊', '-': '₋', '−': '₋', '=': '₌', '(': '₍', ')': '₎', n: 'ₙ', i: 'ᵢ', x: 'ₓ', a: 'ₐ', e: 'ₑ', o: 'ₒ', m: 'ₘ', k: 'ₖ' };

export function renderInline(text: string): string {
  const unquoted = text.replace(/'{2,}/g, (quotes) => (quotes.length === 4 ? "'" : quotes.length > 5 ? "'".repeat(quotes.length - 5) : ''));
  if (!unquoted.includes('<')) return decodeEntities(unquoted.replace(/__[A-Z]{3,30}__/g, ''));
  const shifted = unquoted
    .replace(/<sup(?:\s[^<>]{0,200})?>([^<>]{0,40})<\/sup\s*>/gi, (_, inner: string) => shift(inner, raised))
    .replace(/<sub(?:\s[^<>]{0,200})?>([^<>]{0,40})<\/sub\s*>/gi, (_, inner: string) => shift(inner, lowered));
  const untagged = shifted
    .replace(/<(?:br|hr|p|\/p|div|\/div|center|\/center|blockquote|\/blockquote|li|\/li|ul|\/ul|ol|\/ol)(?:\s[^<>]{0,500})?\/?>/gi, ' ')
    .replace(/<\/?(?:span|small|big|sub|sup|i|b|u|s|em|strong|strike|del|ins|font|abbr|cite|q|dfn|bdi|bdo|rt|rp|ruby|rb|nowiki|onlyinclude|includeonly|wbr|mark|data|time|link|meta|langconvert|dl|dt|dd|tr|td|th|caption)(?:\s[^<>]{0,500})?\/?>/gi, '');
  return decodeEntities(untagged.replace(/__[A-Z]{3,30}__/g, ''));
}

/** Digits and signs in their raised or lowered forms; a word as it is. */
function shift(inner: string, forms: Readonly<Record<string, string>>): string {
  const text = decodeEntities(inner).trim();
  const characters = Array.from(text);
  return characters.every((character) => Object.hasOwn(forms, character)) ? characters.map((character) => forms[character]!).join('') : text;
}
