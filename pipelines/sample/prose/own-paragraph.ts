import type { Subject } from '../topics/topic.ts';
import { cardNotes } from './card-notes.ts';
import { finishParagraph, wordCount } from './finish.ts';
import type { Surroundings } from './finish.ts';
import { frameKeys } from './frame.ts';
import type { Random } from './random.ts';
import type { Paragraph, Segment } from './segment.ts';
import { canTell, tell } from './sentence.ts';

const LEAST_WORDS = 42;
const MANY_WORDS = 70; // from here on no fact is told twice
const ANY_SUBJECT = ['The [first letter|letter at the head] of [the|this] name is {name~initial}.', '[Its|The] card stands under the letter {name~initial}, for @.'];

/**
 * A paragraph about one subject, which tells each of its facts once, some of them again in another form.
 * In: the first sentences to choose from, and the frames that earlier paragraphs used (grows).
 */
export function ownParagraph(subject: Subject, openings: readonly string[], heading: string, used: Set<string>, random: Random, world: Surroundings): Paragraph {
  const { topic } = subject;
  const told = new Set<string>();
  const sentences: Segment[][] = [];
  const say = (frame: string): void => {
    const first = sentences.length === 0;
    const sentence = tell(frame, subject, random, !first);
    sentences.push(first && heading === '' ? emphasise(sentence, subject) : sentence);
    used.add(frame);
    for (const key of frameKeys(frame)) told.add(key);
  };
  const sayOne = (frames: readonly string[], fits: (keys: Set<string>) => boolean): boolean => {
    const fitting = frames.filter((frame) => !spoken.has(frame) && canTell(frame, subject) && fits(frameKeys(frame)));
    const fresh = fitting.filter((frame) => !used.has(frame));
    if (fitting.length === 0) return false;
    const frame = random.pick(fresh.length > 0 ? fresh : fitting);
    spoken.add(frame);
    say(frame);
    return true;
  };
  const spoken = new Set<string>();
  const restate = (): boolean => sayOne([...topic.restate, ...ANY_SUBJECT], (keys) => [...keys].every((key) => told.has(key)));

  if (!sayOne(openings, () => true)) throw new Error(`no first sentence for ${subject.title}`);
  const noteAfter = random.chance(0.85) ? random.between(1, 3) : Infinity;
  let noted = false;
  const note = (): void => {
    if (noted || sentences.length < noteAfter) return;
    noted = true;
    say(random.pick(cardNotes));
  };
  while (sayOne(topic.frames, (keys) => keys.size > 0 && [...keys].every((key) => !told.has(key)))) {
    if (wordCount(sentences) < MANY_WORDS && random.chance(0.4)) restate();
    note();
  }
  while (wordCount(sentences) < LEAST_WORDS && restate()) note();
  while (wordCount(sentences) < LEAST_WORDS && sayOne(topic.frames, (keys) => keys.size > 0)) note();
  while (wordCount(sentences) < LEAST_WORDS) say(random.pick(cardNotes));
  return finishParagraph(sentences, heading, subject.title, random, world);
}

/** The name in the first sentence of an article is bold. */
function emphasise(sentence: Segment[], subject: Subject): Segment[] {
  const at = sentence.findIndex(({ origin }) => origin.from === 'fact' && origin.key === 'name');
  return sentence.map((segment, i) => (i === at ? { ...segment, look: subject.topic.look === 'italic' ? 'bold-italic' : 'bold' } : segment));
}
