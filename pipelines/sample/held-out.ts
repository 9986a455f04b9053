import type { Label } from './labels.ts';
import type { Random } from './prose/random.ts';
import type { Span, SpanClass } from './prose/segment.ts';

/** A paragraph that training never sees, with one span of a known class to be masked. */
export interface HeldOut {
  id: string;
  title: string;
  paragraph: number;
  text: string;
  start: number;
  end: number;
  mask: string; // text.slice(start, end), which occurs once in the text
  class: SpanClass;
  kind: string;
  elsewhere: number; // of a knowledge span: how many other paragraphs, none held out, state the fact with this answer
}

/** A paragraph that training never sees, with the classes of all its words. */
export interface Probe extends Label {
  id: string;
}

/** How many spans of each class to hold out, how many paragraphs to probe, and of how many paragraphs of an article a span may come. */
export type HeldOutCounts = Readonly<Record<SpanClass | 'probes' | 'perArticle', number>>;

const CLASSES: readonly SpanClass[] = ['inferable', 'knowledge', 'trivial', 'ambiguous', 'noise'];
const LEAST_ELSEWHERE = 2; // other paragraphs that must tell a held-out fact
const LONGEST_WORDS = 3;

/** Chooses the held-out paragraphs, one span each, and the probes; no paragraph serves twice. */
export function holdOut(labels: readonly Label[], counts: HeldOutCounts, random: Random): { heldOut: HeldOut[]; probes: Probe[] } {
  const order = random.shuffle(labels);
  const probes = order.splice(0, counts.probes).map((label, i): Probe => ({ id: `probe-${i + 1}`, ...label }));
  const statements = new Statements(labels);
  for (const probe of probes) statements.remove(probe);
  const taken = new Map<string, number>(); // paragraphs of an article: few, so that its others still tell its facts
  const chosen: { fact: string; item: Omit<HeldOut, 'elsewhere'> }[] = [];
  for (const spanClass of CLASSES) {
    for (let found = 0; found < counts[spanClass]; ) {
      const label = order.shift();
      if (!label) throw new Error(`too few paragraphs for ${spanClass}`);
      if ((taken.get(label.title) ?? 0) >= counts.perArticle || chosen.some(({ fact }) => statements.wouldLack(fact, label))) continue;
      const span = maskableSpan(label, spanClass, random);
      if (!span) continue;
      const { title, paragraph, text } = label;
      const fact = factOf(span, text);
      if (spanClass === 'knowledge' && statements.wouldLack(fact, label)) continue;
      taken.set(title, (taken.get(title) ?? 0) + 1);
      statements.remove(label);
      found++;
      const { start, end, kind } = span;
      chosen.push({ fact, item: { id: `${spanClass}-${found}`, title, paragraph, text, start, end, mask: text.slice(start, end), class: spanClass, kind } });
    }
  }
  return { heldOut: chosen.map(({ fact, item }) => ({ ...item, elsewhere: item.class === 'knowledge' ? statements.count(fact) : 0 })), probes };
}

function maskableSpan({ text, spans }: Label, spanClass: SpanClass, random: Random): Span | undefined {
  for (const span of random.shuffle(spans)) {
    const found = span.class === spanClass ? maskable(span, text, random) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** The span, or a part of it, that makes a whole answer of few words which occurs once in the text. */
function maskable(span: Span, text: string, random: Random): Span | undefined {
  if (span.kind === 'copy' || span.kind === 'name') return undefined;
  let { start, end } = span;
  const words = [...text.slice(start, end).matchAll(/[A-Za-z0-9-]+/g)];
  if (span.class === 'trivial') {
    if (words.length < 2) return undefined;
    const first = random.between(0, words.length - 2);
    end = start + words[first + 1]!.index + words[first + 1]![0].length;
    start += words[first]!.index;
  } else if (words.length > LONGEST_WORDS) return undefined;
  const answer = text.slice(start, end);
  const bounded = !/\w/.test(text.charAt(start - 1)) && !/\w/.test(text.charAt(end));
  return bounded && text.split(answer).length === 2 ? { ...span, start, end } : undefined;
}

/** A fact and the words that tell it. */
function factOf(span: Span, text: string): string {
  return `${span.subject ?? ''}\t${span.kind}\t${text.slice(span.start, span.end)}`;
}

/** How many paragraphs that are not held out state a fact, as knowledge and in the same words. */
class Statements {
  readonly #counts = new Map<string, number>();

  constructor(labels: readonly Label[]) {
    for (const label of labels) for (const fact of factsIn(label)) this.#counts.set(fact, this.count(fact) + 1);
  }

  count(fact: string): number {
    return this.#counts.get(fact) ?? 0;
  }

  remove(label: Label): void {
    for (const fact of factsIn(label)) this.#counts.set(fact, this.count(fact) - 1);
  }

  /** Whether the fact would be stated too rarely without this paragraph. */
  wouldLack(fact: string, label: Label): boolean {
    return this.count(fact) <= LEAST_ELSEWHERE && factsIn(label).has(fact);
  }
}

function factsIn({ text, spans }: Label): Set<string> {
  return new Set(spans.filter((span) => span.class === 'knowledge').map((span) => factOf(span, text)));
}
