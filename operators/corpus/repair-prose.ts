/**
 * Mends what removed markup leaves in a sentence. In: a paragraph, with holes. Out: the same with the parts of parentheses that hold a hole cut,
 * empty parentheses and stranded punctuation gone, spaces single. A hole outside parentheses stays: the caller leaves the paragraph out.
 * Linear in the length: parentheses count up to 400 characters and 4 deep. Never throws.
 */
import { hole } from './hole.ts';
import { normaliseText } from './normalise-text.ts';

const innermost = /\(([^()]{0,400})\)/g;
const maxDepth = 4;
/** So many signs in a row are no prose; and the patterns below need time quadratic in them. */
const noProse = /[^\p{L}\p{N}]{100}/u;

export function repairProse(text: string): string {
  let mended = normaliseText(text);
  if (noProse.test(mended)) return hole;
  if (mended.includes(hole)) {
    for (let depth = 0; depth < maxDepth && mended.includes(hole); depth++) {
      const next = mended.replace(innermost, (whole: string, inner: string) => (inner.includes(hole) ? withoutHoles(inner) : whole));
      if (next === mended) break;
      mended = next;
    }
  }
  for (let round = 0; round < maxDepth; round++) {
    const next = mended
      .replace(/\s*\(\s*(?:[,;:.–—/|·•-]\s*)*\)/g, '')
      .replace(/\s*\[\s*\]/g, '')
      .replace(/([([])\s*(?:[,;:]\s*)*(?=\S)/g, '$1')
      .replace(/(?:\s*[,;:])*\s*([)\]])/g, '$1');
    if (next === mended) break;
    mended = next;
  }
  return mended
    .replace(/\.(?: \.){2,}/g, '...')
    .replace(/ +([,;:!?]|\.(?! ?\.))(?=[\s)"'”’]|$)/g, '$1')
    .replace(/([,;])(?:\s*[,;])+/g, '$1')
    .replace(/([a-z)]),\./g, '$1.')
    .replace(/([“‘«]) +/g, '$1')
    .replace(/\s+([”»])/g, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A parenthesis without the parts that hold a hole; nothing where nothing is left. */
function withoutHoles(inner: string): string {
  const parts = inner.split(/\s*[;,]\s*/).filter((part) => !part.includes(hole) && part.trim() !== '');
  return parts.length === 0 ? '' : `(${parts.join('; ')})`;
}
