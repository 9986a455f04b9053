/**
 * One memory topic per edge of a topology. In: edges. Out: their topics, typed as the edges are; always the same for the same
 * name. Can go wrong: a message that is not of its edge's record is RECORD_INVALID where it is published, naming the field.
 */
import { createMemoryTopic } from '../infra/topics/memory-topic.ts';
import type { Topic, TopicState } from '../operators/ports/topic.ts';
import { checkRecord } from '../schemas/check-record.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import type { Edge, MessageOf } from './edges.ts';

export interface MemoryTopics {
  of<E extends Edge>(edge: E): Topic<MessageOf<E>>;
  /** In the order of first use. */
  states(): TopicState[];
}

export function createMemoryTopics(): MemoryTopics {
  const topics = new Map<string, Topic<unknown>>();
  return {
    of<E extends Edge>(edge: E) {
      const topic = topics.get(edge.name) ?? createMemoryTopic<unknown>({ name: edge.name, check: (message) => requireRecord(edge, message) });
      topics.set(edge.name, topic);
      return topic as Topic<MessageOf<E>>; // an edge's name stands for its record throughout a topology
    },
    states: () => [...topics.values()].map((topic) => topic.state()),
  };
}

function requireRecord({ name, carries }: Edge, message: unknown): void {
  const [issue] = checkRecord(carries, message);
  if (issue === undefined) return;
  throw new PretrainZeroError('RECORD_INVALID', `a message on the edge ${name} is no ${carries.name}: ${issue.path}: ${issue.message}`);
}
