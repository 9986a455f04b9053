import type { Subject } from '../topics/topic.ts';
import { draw } from './draws.ts';
import { forms } from './forms.ts';
import { parseFrame } from './frame.ts';
import type { FramePart } from './frame.ts';
import type { Random } from './random.ts';
import type { Segment } from './segment.ts';

const SEPARATOR = '; '; // between the items of a fact that is a list

/** Whether the subject has every fact of the frame, in the forms that the frame wants. */
export function canTell(frame: string, subject: Subject): boolean {
  return parseFrame(frame).every((part) => part.part !== 'fact' || written(part, subject) !== undefined);
}

/**
 * One sentence. In: a frame, whom it is about, and whether the name may give way to "It" or "The city".
 * Out: its pieces, the first letter a capital.
 */
export function tell(frame: string, subject: Subject, random: Random, mayRefer: boolean): Segment[] {
  const segments = parseFrame(frame).flatMap((part): Segment[] => {
    switch (part.part) {
      case 'words':
        return [fixed(part.text)];
      case 'choice':
        return [{ text: random.pick(part.options), origin: { from: 'choice', kind: 'wording' }, look: 'plain' }];
      case 'draw':
        return draw(part.kind, random);
      case 'name':
        return refer(subject, random, part, mayRefer);
      case 'fact':
        return factSegments(part, subject);
    }
  });
  return capitalise(segments.filter((segment) => segment.text !== '').map(fitArticle));
}

/** The subject's name as a piece of prose. */
export function nameSegment(subject: Subject): Segment {
  return { text: subject.name, origin: { from: 'fact', subject: subject.title, key: 'name', precision: 3 }, look: subject.topic.look === 'italic' ? 'italic' : 'link' };
}

function refer(subject: Subject, random: Random, part: { mayRefer: boolean; possessive: boolean }, mayRefer: boolean): Segment[] {
  if (part.mayRefer && mayRefer && random.chance(0.6)) {
    const pronoun = part.possessive ? { it: 'its', he: 'his', she: 'her' }[subject.pronoun]! : subject.pronoun;
    const noun = `the ${subject.topic.noun}${part.possessive ? "'s" : ''}`;
    return [{ text: random.chance(0.6) ? pronoun : noun, origin: { from: 'choice', kind: 'reference' }, look: 'plain' }];
  }
  const ending = subject.name.endsWith('s') ? "'" : "'s";
  return part.possessive ? [nameSegment(subject), fixed(ending)] : [nameSegment(subject)];
}

function factSegments(part: FramePart & { part: 'fact' }, subject: Subject): Segment[] {
  const items = (written(part, subject) ?? '').split(SEPARATOR);
  const { precision } = forms[part.form]!;
  return items.flatMap((text, i): Segment[] => {
    const key = items.length > 1 ? `${part.key}.${i + 1}` : part.key;
    const item: Segment = { text, origin: { from: 'fact', subject: subject.title, key, precision }, look: 'link' };
    if (i === 0) return [item];
    return [fixed(i === items.length - 1 ? ' and ' : ', '), item];
  });
}

function written(part: FramePart & { part: 'fact' }, subject: Subject): string | undefined {
  const form = forms[part.form];
  if (!form) throw new Error(`no such form: ${part.form}`);
  const value = part.key === 'name' ? subject.name : subject.facts[part.key];
  return value === undefined ? undefined : form.write(value);
}

function fixed(text: string): Segment {
  return { text, origin: { from: 'frame' }, look: 'plain' };
}

/** "a" before a consonant, "an" before a vowel, by how the next piece begins. */
function fitArticle(segment: Segment, i: number, all: Segment[]): Segment {
  const next = all[i + 1];
  if (segment.origin.from !== 'frame' || !next) return segment;
  const vowel = /^[aeiou]/i.test(next.text) && !/^(eu|one|u[nst][ei])/i.test(next.text);
  return { ...segment, text: segment.text.replace(/\b([Aa])n? $/, vowel ? '$1n ' : '$1 ') };
}

function capitalise(segments: Segment[]): Segment[] {
  const [first, ...rest] = segments;
  return first ? [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest] : [];
}
