import type { Subject } from '../topics/topic.ts';
import { cardNotes } from './card-notes.ts';
import { finishParagraph, wordCount } from './finish.ts';
import type { Surroundings } from './finish.ts';
import { frameKeys } from './frame.ts';
import type { Random } from './random.ts';
import type { Paragraph, Segment } from './segment.ts';
import { canTell, tell } from './sentence.ts';

const MOST_WORDS = 95;

/**
 * A paragraph that puts several subjects side by side, each with a fact or two.
 * In: the opening sentence, the subjects, facts not to be told (the one they share), and the article's title.
 */
export function companyParagraph(opening: Segment[], company: readonly Subject[], untold: ReadonlySet<string>, heading: string, self: string, random: Random, world: Surroundings): Paragraph {
  const sentences = [opening];
  const noteAt = random.chance(0.6) ? random.between(0, company.length - 1) : -1;
  company.forEach((member, i) => {
    if (wordCount(sentences) > MOST_WORDS) return;
    const all = [...member.topic.leads, ...member.topic.frames].filter((frame) => canTell(frame, member) && frameKeys(frame).size > 0);
    const apart = all.filter((frame) => [...frameKeys(frame)].every((key) => !untold.has(key)));
    const telling = apart.filter((frame) => [...frameKeys(frame)].some((key) => member.topic.identifying.includes(key)));
    const choice = telling.length > 0 && random.chance(0.6) ? telling : apart.length > 0 ? apart : all;
    if (choice.length > 0) sentences.push(tell(random.pick(choice), member, random, false));
    if (i === noteAt) sentences.push(tell(random.pick(cardNotes), member, random, false));
  });
  return finishParagraph(sentences, heading, self, random, world);
}
