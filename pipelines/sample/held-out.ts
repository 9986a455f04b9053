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
  elsewhere: number; // of a knowledge span: how many other paragraphs, none held out, say the answer and the subject
}

/** A paragraph that training never sees, with the classes of all its words. */
export interface Probe extends Label {
  id: string;
}

const COUNTS: [SpanClass, number][] = [['inferable', 60], ['knowledge', 100], ['trivial', 40], ['ambiguous', 40], ['noise', 40]];
const PROBES = 32;
const LEAST_ELSEWHERE = 2; // other paragraphs that must tell a held-out fact
const LONGEST_WORDS = 3;
const TRIVIAL_KEYS = new Set(['name']);

/** Chooses the held-out paragraphs, one span each, and the probes; no paragraph serves twice. */
export function holdOut(labels: readonly Label[], random: Random): { heldOut: HeldOut[]; probes: Probe[] } {
  const order = random.shuffle(labels.filter(({ text }) => text.split(' ').length >= 40));
  const probes = order.splice(0, PROBES).map((label, i): Probe => ({ id: `probe-${i + 1}`, ...label }));
  const titles = new Set<string>(); // one paragraph of an article, so that its other paragraphs still tell its facts
  const chosen: HeldOut[] = [];
  const toldIn = index(labels);
  for (const [spanClass, count] of COUNTS) {
    for (let found = 0; found < count; ) {
      const label = order.shift();
      if (!label) throw new Error(`too few paragraphs for ${spanClass}`);
      if (titles.has(label.title)) continue;
      const span = random.shuffle(label.spans).map((candidate) => (candidate.class === spanClass ? maskable(candidate, label.text, random) : undefined)).find((candidate) => candidate !== undefined);
      if (!span) continue;
      const mask = label.text.slice(span.start, span.end);
      const elsewhere = span.class === 'knowledge' ? toldIn(span.subject ?? '', mask, label) : 0;
      if (span.class === 'knowledge' && elsewhere < LEAST_ELSEWHERE + 1) continue;
      found++;
      titles.add(label.title);
      const { title, paragraph, text } = label;
      chosen.push({ id: `${spanClass}-${found}`, title, paragraph, text, start: span.start, end: span.end, mask, class: spanClass, kind: span.kind, elsewhere });
    }
  }
  const held = new Set([...chosen, ...probes].map(({ text }) => text));
  const learnable = index(labels.filter(({ text }) => !held.has(text)));
  return { heldOut: chosen.map((item) => ({ ...item, elsewhere: item.class === 'knowledge' ? learnable(subjectOf(item, labels), item.mask) : 0 })), probes };
}

/** The span, or a part of it, that makes a whole answer of few words which occurs once in the text. */
function maskable(span: Span, text: string, random: Random): Span | undefined {
  if (span.kind === 'copy' || (span.class !== 'trivial' && TRIVIAL_KEYS.has(span.kind))) return undefined;
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

/** For a subject and an answer: in how many paragraphs both occur. */
function index(labels: readonly Label[]): (subject: string, answer: string, except?: Label) => number {
  const bySubject = new Map<string, Label[]>();
  return (subject, answer, except) => {
    const name = subject.replace(/ \(.*\)$/, '').toLowerCase();
    let about = bySubject.get(name);
    if (!about) bySubject.set(name, (about = labels.filter(({ text }) => text.toLowerCase().includes(name))));
    return about.filter((label) => label !== except && label.text.includes(answer)).length;
  };
}

function subjectOf({ title, paragraph, start }: HeldOut, labels: readonly Label[]): string {
  return labels.find((label) => label.title === title && label.paragraph === paragraph)?.spans.find((span) => span.start === start)?.subject ?? title;
}
