/**
 * One edge of the flow at the paper's sizes, against the bare client, which moves the bytes that it comes to. In: a broker. Out: rollouts and bytes a second, and ours as a share of the client's. Both are timed in
 * turn, in one process, and the best of each counts.
 */
import type { BenchRow } from '../bench-row.ts';
import { bareEdgeCost } from './bare-edge.ts';
import { boundless, least, type Cost } from './cost.ts';
import { openEdge } from './open-edge.ts';
import { paperParagraph, responseTokens, rolloutsPerParagraph } from './paper-paragraph.ts';

const paragraphs = 16;
const partitions = 4;
const rounds = 4;
const bytesPerToken = 8; // an int32 id and a float32 log-probability

export async function benchHop(brokers: readonly string[]): Promise<BenchRow[]> {
  const records = await Promise.all(Array.from({ length: paragraphs }, (_, slot) => paperParagraph(slot)));
  const edge = await openEdge(brokers, 'hop', records, partitions);
  let [ours, bare]: [Cost, Cost] = [boundless, boundless];
  try {
    for (let round = 0; round < rounds; round++) {
      bare = least(bare, await bareEdgeCost(brokers, await edge.newTopic('bare'), partitions, edge.sent));
      ours = least(ours, await edge.cost(await edge.newTopic('ours')));
    }
  } finally {
    await edge.close();
  }

  const megabytes = edge.bytes / 1e6;
  const raw = (paragraphs * rolloutsPerParagraph * responseTokens * bytesPerToken) / 1e6;
  return [
    { name: 'a scored paragraph on the wire', value: megabytes / paragraphs, unit: 'MB', note: `${rolloutsPerParagraph} rollouts of ${responseTokens} tokens; ids and log-probabilities alone are ${(raw / paragraphs).toFixed(2)} MB` },
    { name: 'one edge, rollouts', value: (paragraphs * rolloutsPerParagraph) / ours.seconds, unit: '/s', note: `${paragraphs} paragraphs, best of ${rounds}; encoded, sent, read and checked in one process` },
    { name: 'one edge, compressed', value: megabytes / ours.seconds, unit: 'MB/s' },
    { name: 'bare client, the same bytes', value: megabytes / bare.seconds, unit: 'MB/s', note: 'kafkajs with the same settings: idempotent, acks of all, a group' },
    { name: 'one edge, of the bare client', value: (100 * bare.seconds) / ours.seconds, unit: '%', note: 'aim: 70' },
    { name: 'one edge, processor time', value: (1000 * ours.processorSeconds) / megabytes, unit: 'ms/MB', note: 'of this process, without the broker; hardly changed by what else the machine does' },
    { name: 'bare client, processor time', value: (1000 * bare.processorSeconds) / megabytes, unit: 'ms/MB' },
  ];
}
