import type { Segment, Span } from './segment.ts';

type Fact = Segment & { origin: { from: 'fact' } };

/**
 * In: the pieces of a paragraph in order, and for each subject the facts that only it has.
 * Out: the spans. A fact is inferable where the paragraph tells it in another form that survives masking all
 * occurrences of this one, or has told it already; else it is knowledge. A name is knowledge where the paragraph pins it down, ambiguous where
 * it tells something that several share, noise where it tells nothing of it.
 */
export function classify(segments: readonly Segment[], isIdentifying: (subject: string, key: string) => boolean): Span[] {
  const spans: Span[] = [];
  const facts = segments.filter(isFact);
  const told = new Set<string>();
  const drawn = segments.flatMap((segment) => (segment.origin.from === 'draw' ? [{ id: segment.origin.id, text: segment.text }] : []));
  let position = 0;
  for (const segment of segments) {
    const { text, origin } = segment;
    const start = position;
    position += text.length;
    if (origin.from === 'frame') {
      const words = /[A-Za-z0-9](?:.*[A-Za-z0-9])?/.exec(text);
      if (words) spans.push({ start: start + words.index, end: start + words.index + words[0].length, class: 'trivial', kind: 'frame' });
      continue;
    }
    const span = { start, end: position };
    if (origin.from === 'choice') spans.push({ ...span, class: 'ambiguous', kind: origin.kind });
    else if (origin.from === 'draw') {
      const restated = drawn.some((other) => other.id === origin.id && other.text !== text && !other.text.includes(text));
      spans.push({ ...span, class: restated ? 'inferable' : 'noise', kind: restated ? 'restated' : origin.kind });
    } else {
      spans.push({ ...span, ...classifyFact(segment as Fact, facts, told, isIdentifying) });
      told.add(`${origin.subject}\t${origin.key}\t${text}`);
    }
  }
  return spans;
}

function classifyFact(
  { text, origin }: Fact,
  facts: readonly Fact[],
  told: ReadonlySet<string>,
  isIdentifying: (subject: string, key: string) => boolean,
): Pick<Span, 'class' | 'kind' | 'subject'> {
  const { subject, key, precision } = origin;
  const others = facts.filter((fact) => fact.origin.subject === subject);
  const restated = others.some((other) => other.origin.key === key && other.origin.precision >= precision && !other.text.includes(text));
  if (restated) return { class: 'inferable', kind: 'restated' };
  if (told.has(`${subject}\t${key}\t${text}`)) return { class: 'inferable', kind: 'copy' };
  if (key === 'name') {
    const known = new Set(others.map((other) => other.origin.key).filter((other) => other !== 'name'));
    const pinnedDown = known.size >= 3 || [...known].some((other) => isIdentifying(subject, other));
    if (!pinnedDown) return { class: known.size > 0 ? 'ambiguous' : 'noise', kind: 'name' };
  }
  return { class: 'knowledge', kind: key.replace(/\.\d+$/, ''), subject };
}

function isFact(segment: Segment): segment is Fact {
  return segment.origin.from === 'fact';
}
