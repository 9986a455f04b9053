/**
 * A log whose samples are read from Kafka. In: the log in the run's folder, the run's topics. Out: the same log with the paragraphs, rollouts and groups of the topic `replay`, or where there is none of
 * the edge `scored-groups`, which holds what was not trimmed yet; metrics and dead letters are the folder's. A table that is not as in the folder is told as damaged. The topic's messages are held
 * in memory as they came, compressed; a step's are unpacked when it is read. Can go wrong: what the bus throws; LOG_DAMAGED for a step of which no message is there.
 */
import { fromHeaders } from '../../infra/topics/messages/message-origin.ts';
import type { DeliveredMessage } from '../../operators/ports/message-bus.ts';
import type { DamagedPart, LoggedStep, StepLog } from '../../operators/ports/step-log.ts';
import { firstDifference } from '../../operators/replay/first-difference.ts';
import { sampleTablesOf, tableRecords, type SampleTables } from '../../operators/replay/logged-tables.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { scoredGroups, type ScoredGroups } from '../../schemas/records/edges.ts';
import type { RunBus } from '../distributed/run-bus.ts';
import { runPrefix } from '../distributed/run-topics.ts';
import { replayTopic, scoredEdge } from './log-to-topic.ts';

const sampleNames = ['paragraphs', 'maskRollouts', 'passages', 'predictions', 'groups'] as const satisfies readonly (keyof SampleTables)[];

export async function logFromTopic(log: StepLog, run: RunBus): Promise<StepLog> {
  const there = await run.bus.topicNames(runPrefix(run.config));
  const topic = run.topic(there.includes(run.topic(replayTopic)) ? replayTopic : scoredEdge);
  if (!there.includes(topic)) throw new PretrainZeroError('TOPIC_MISSING', 'the run has neither a topic of replayed samples nor one of scored paragraphs: `replay --to kafka` makes the first', { id: topic });
  const steps = bySteps(await run.bus.readAll(topic));
  return {
    ...log,
    place: (table, step) => (isSample(table) ? `${topic}, step ${step}` : log.place(table, step)),
    async read(step) {
      const logged = await log.read(step);
      const messages = await unpacked(steps.get(step) ?? [], run);
      if (messages.length === 0) throw new PretrainZeroError('LOG_DAMAGED', `no message of step ${step} lies on the topic: what is durable is trimmed. \`replay --to kafka\` puts a log's samples onto a topic of their own`, { id: topic });
      return withSamples(logged, sampleTablesOf(messages));
    },
  };
}

const isSample = (table: string): boolean => (sampleNames as readonly string[]).includes(table);

/** Messages of others on the topic are passed over, as workers do. */
function bySteps(messages: readonly DeliveredMessage[]): Map<number, DeliveredMessage[]> {
  const steps = new Map<number, DeliveredMessage[]>();
  for (const message of messages) {
    const step = stepOf(message);
    if (step !== null) steps.set(step, [...(steps.get(step) ?? []), message]);
  }
  return steps;
}

function stepOf({ headers }: DeliveredMessage): number | null {
  try {
    return fromHeaders(headers).step;
  } catch {
    return null;
  }
}

/** A step's paragraphs in order of slot, each as it was published last by the newest start of the run. */
async function unpacked(messages: readonly DeliveredMessage[], run: RunBus): Promise<ScoredGroups[]> {
  const readers = new Map(messages.map(({ partition }) => [partition, run.reader([scoredGroups], false)]));
  const newest = new Map<string, { readonly epoch: number; readonly record: ScoredGroups }>();
  for (const message of messages) {
    for (const { record, origin } of await readers.get(message.partition)!.read(message)) {
      if (origin.epoch >= (newest.get(record.paragraph.id)?.epoch ?? 0)) newest.set(record.paragraph.id, { epoch: origin.epoch, record });
    }
  }
  return [...newest.values()].map(({ record }) => record).sort((a, b) => a.paragraph.slot - b.paragraph.slot);
}

function withSamples(logged: LoggedStep, samples: SampleTables): LoggedStep {
  const damage = sampleNames.flatMap((table): DamagedPart[] => {
    const found = firstDifference(table, { logged: samples[table], recomputed: logged.tables[table], fields: logged.fields[table] });
    if (found === null) return [];
    const place = [found.row === null ? null : `row ${found.row}`, found.id, found.field].filter((part) => part !== null).join(', ');
    return [{ table, problem: `is not as in the run's folder (${place})`, readable: true }];
  });
  const fields = Object.fromEntries(sampleNames.map((table) => [table, new Set(Object.keys(tableRecords[table].fields))]));
  return { ...logged, tables: { ...logged.tables, ...samples }, fields: { ...logged.fields, ...fields }, damage: [...damage, ...logged.damage.filter(({ table }) => !isSample(table))] };
}
