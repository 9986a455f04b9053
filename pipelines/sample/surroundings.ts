import type { Gathering } from './hubs.ts';
import type { Surroundings } from './prose/finish.ts';
import type { Subject } from './topics/topic.ts';

/** In: the subjects that are told of, and the values that they share, by title. Out: what a paragraph needs to know of them all. */
export function surroundingsOf(subjects: readonly Subject[], gatherings: ReadonlyMap<string, readonly Gathering[]>): Surroundings {
  const titles = new Map<string, string>();
  const know = (text: string, title: string): void => {
    const bare = text.replace(/^the /i, '').toLowerCase();
    if (bare.length > 2 && !/^\d{1,3}$/.test(bare) && !titles.has(bare)) titles.set(bare, title);
  };
  for (const subject of subjects) know(subject.name, subject.title);
  for (const [title, [first]] of gatherings) know(first!.value, title);
  const identifying = new Map(subjects.map(({ title, topic }) => [title, new Set(topic.identifying)]));
  return {
    titleOf: (text) => titles.get(text.replace(/^the /i, '').toLowerCase()),
    isIdentifying: (subject, key) => identifying.get(subject)?.has(key) ?? false,
  };
}
