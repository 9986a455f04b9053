/**
 * How many paragraphs were in flight at most. In: all that a run published, in its order. Out: the most that lay on the topics of one epoch at a time, admitted and not given back: neither of a step that was
 * announced as done, nor scored and without use.
 */
import { openMessageCodec } from '../../../infra/topics/messages/open-message-codec.ts';
import { createMessageReader } from '../../../infra/topics/messages/message-reader.ts';
import { paragraphs, scoredGroups } from '../../../pipelines/edges.ts';
import { runPrefix } from '../../../pipelines/distributed/run-topics.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { policyAnnouncement, type PolicyAnnouncement } from '../../../schemas/records/control-messages.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import type { MemoryBroker } from '../../memory-bus.ts';

export async function mostInFlight(broker: MemoryBroker, config: Config): Promise<number> {
  const codec = await openMessageCodec({ run: config.run.name, ...config.kafka });
  const { useful } = namedTopologies[config.pipeline].sink.update;
  const definitions = new Map(([['policy-versions', policyAnnouncement], [paragraphs.name, paragraphs.carries], [scoredGroups.name, scoredGroups.carries]] as const).map(([name, of]) => [runPrefix(config) + name, of]));
  const readers = new Map<string, ReturnType<typeof createMessageReader>>();
  const inFlight = new Map<string, number>(); // id -> step
  const barren = new Set<string>();
  let epoch = 0;
  let most = 0;
  for (const message of broker.published) {
    const definition = definitions.get(message.topic);
    if (definition === undefined) continue;
    const place = `${message.topic} ${message.partition}`;
    const reader = readers.get(place) ?? createMessageReader({ codec, definitions: [definition], overlap: config.grpo.maxStaleness });
    readers.set(place, reader);
    for (const read of reader.read(message)) {
      if (read.kind !== 'message' || read.origin.epoch < epoch) continue;
      switch (read.definition.name) {
        case policyAnnouncement.name: {
          if (read.origin.epoch > epoch) {
            epoch = read.origin.epoch;
            inFlight.clear();
            barren.clear();
          }
          const { step: done } = read.record as PolicyAnnouncement;
          for (const [id, step] of inFlight) if (step <= done) inFlight.delete(id);
          break;
        }
        case paragraphs.carries.name: {
          const { id, step } = read.record as Paragraph;
          if (!barren.has(id)) inFlight.set(id, step);
          break;
        }
        default: {
          const scored = read.record as ScoredGroups;
          if (useful(scored)) break;
          barren.add(scored.paragraph.id);
          inFlight.delete(scored.paragraph.id);
        }
      }
      most = Math.max(most, inFlight.size);
    }
  }
  return most;
}
