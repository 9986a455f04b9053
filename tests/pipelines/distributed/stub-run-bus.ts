/** The topics of a run, for tests of what uses them: a run's bus over a bus within the process. */
import { openMessageCodec } from '../../../infra/topics/messages/open-message-codec.ts';
import { createRunBus, type RunBus } from '../../../pipelines/distributed/run-bus.ts';
import { runTopics } from '../../../pipelines/distributed/run-topics.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { createMemoryBroker, type Connection, type MemoryBroker } from '../../memory-bus.ts';

export interface StubTopics {
  readonly broker: MemoryBroker;
  /** Of a process of its own. */
  connect(): Promise<RunBus & { readonly bus: Connection }>;
}

export async function createStubTopics(config: Config): Promise<StubTopics> {
  const broker = createMemoryBroker();
  await broker.connect().createTopics(runTopics(config, namedTopologies[config.pipeline]));
  const codec = await openMessageCodec({ run: config.run.name, ...config.kafka });
  return {
    broker,
    connect: () => {
      const bus = broker.connect();
      return Promise.resolve({ ...createRunBus({ config, bus, codec }), bus });
    },
  };
}
