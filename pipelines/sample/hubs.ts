import type { Hub, Subject } from './topics/topic.ts';

/** The subjects that share one value of one fact. */
export interface Gathering {
  title: string; // of the article which tells of them
  value: string; // as written in a sentence
  key: string;
  hub: Hub;
  members: Subject[];
}

/** Subjects that share a value, for every fact that a topic gives a hub; values with a single subject are left out. */
export function allGatherings(subjects: readonly Subject[]): Gathering[] {
  const gatherings = new Map<string, Gathering>();
  for (const subject of subjects) {
    for (const [key, hub] of Object.entries(subject.topic.hubs ?? {})) {
      for (const value of subject.facts[key]?.split('; ') ?? []) {
        const id = `${subject.topic.name}\t${key}\t${value}`;
        const gathering = gatherings.get(id) ?? { title: hubTitle(hub, value), value, key, hub, members: [] };
        gatherings.set(id, gathering);
        gathering.members.push(subject);
      }
    }
  }
  return [...gatherings.values()].filter(({ members }) => members.length > 1);
}

function hubTitle(hub: Hub, value: string): string {
  const title = (hub.title ?? '#').replace('#', value.replace(/^the /, ''));
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Something that happened in a year: to whom, the fact which is that year, and a frame to tell it. */
export interface YearEvent {
  subject: Subject;
  key: string;
  frame: string;
}

/** What happened in each year, by year. */
export function allEvents(subjects: readonly Subject[]): Map<string, YearEvent[]> {
  const events = new Map<string, YearEvent[]>();
  for (const subject of subjects) {
    for (const [key, frame] of Object.entries(subject.topic.events ?? {})) {
      const year = subject.facts[key];
      if (year !== undefined) events.set(year, [...(events.get(year) ?? []), { subject, key, frame }]);
    }
  }
  return events;
}
