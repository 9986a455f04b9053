/**
 * In: wikitext. Out: the same without comments and without the elements whose content is no prose: notes vanish, formulas and code leave
 * a hole. Linear in the length, however many tags are not closed. Never throws.
 */
import { hole } from './hole.ts';

/** Element -> what it leaves. */
const elements: ReadonlyMap<string, string> = new Map([
  ...['ref', 'references', 'gallery', 'timeline', 'imagemap', 'graph', 'mapframe', 'templatestyles', 'section', 'indicator', 'inputbox', 'categorytree', 'noinclude', 'table', 'style'].map((name) => [name, ''] as const),
  ...['math', 'chem', 'ce', 'score', 'hiero', 'syntaxhighlight', 'source', 'code', 'pre', 'poem', 'maplink', 'tt', 'kbd', 'samp', 'var'].map((name) => [name, hole] as const),
]);
const opening = new RegExp(`<!--|<(${[...elements.keys()].join('|')})(?=[\\s/>])[^<>]{0,2000}>`, 'gi');

const closings = new Map([...elements.keys()].map((name) => [name, new RegExp(`</${name}[\\s]{0,20}>`, 'gi')]));

/** Where the next closing tag ends; -1 where there is none. */
function closingTagEnd(wikitext: string, name: string, from: number): number {
  const closing = closings.get(name)!;
  closing.lastIndex = from;
  return closing.test(wikitext) ? closing.lastIndex : -1;
}

export function stripElements(wikitext: string): string {
  const pieces: string[] = [];
  const neverClosed = new Set<string>();
  let kept = 0; // everything before is in `pieces` or gone
  opening.lastIndex = 0;
  for (let tag = opening.exec(wikitext); tag !== null; tag = opening.exec(wikitext)) {
    const name = tag[1]?.toLowerCase();
    const after = tag.index + tag[0].length;
    let end: number;
    if (name === undefined) {
      const closed = wikitext.indexOf('-->', after);
      end = closed < 0 ? wikitext.length : closed + 3;
    } else if (tag[0].endsWith('/>') || neverClosed.has(name)) {
      end = after;
    } else {
      const close = closingTagEnd(wikitext, name, after);
      if (close < 0) neverClosed.add(name);
      end = close < 0 ? after : close;
    }
    pieces.push(wikitext.slice(kept, tag.index), name === undefined ? '' : elements.get(name)!);
    kept = opening.lastIndex = end;
  }
  pieces.push(wikitext.slice(kept));
  return pieces.join('');
}
