/** The topics of a run, those that there are and those that there should be. In: the topics and the names that there are. Out: plain data. Errors: the bus's. */
import type { Topology } from '../topology.ts';
import type { RunBus } from './run-bus.ts';
import { runTopics } from './run-topics.ts';

export interface TopicDescription {
  readonly name: string;
  readonly partitions: number;
  /** That lie on it now; null where there is no such topic. */
  readonly messages: number | null;
  /** As the run makes it. */
  readonly settings: Readonly<Record<string, string>>;
}

export async function describeTopics({ bus, config }: RunBus, topology: Topology, there: readonly string[]): Promise<TopicDescription[]> {
  const specs = runTopics(config, topology);
  const figures = await bus.topicFigures(specs.map(({ name }) => name).filter((name) => there.includes(name)));
  return specs.map(({ name, partitions, settings }) => {
    const found = figures.find((each) => each.name === name);
    const messages = found?.partitions.reduce((sum, { first, next }) => sum + Number(next - first), 0) ?? null;
    return { name, partitions: found?.partitions.length ?? partitions, messages, settings };
  });
}
