/** Removes from the edges what their readers are done with. In: the topics. Errors: the bus's. */
import { scoredGroups } from '../edges.ts';
import type { Topology } from '../topology.ts';
import type { RunBus } from './run-bus.ts';
import { groupName } from './run-topics.ts';

/** Reader of the last edge, which says what is durable. */
const lastReader = 'log';

export async function trimTopics(run: RunBus, { stages }: Topology): Promise<void> {
  const edges = [...stages.map((stage) => ({ edge: stage.consumes.name, reader: stage.name })), { edge: scoredGroups.name, reader: lastReader }];
  for (const { edge, reader } of edges) {
    const topic = run.topic(edge);
    const [figures] = await run.bus.groupFigures([groupName(run.config, reader)], [topic]);
    const done = (figures?.committed ?? []).filter((each) => each.topic === topic && each.offset > 0n);
    if (done.length > 0) await run.bus.trimTopic(topic, done);
  }
}
