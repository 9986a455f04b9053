/**
 * `pretrainzero topics create|describe|delete`. In: a config. Out: the topics of its run made, shown or removed. Fails with what `loadConfig` and the brokers throw.
 */
import { describeTopics } from '../../pipelines/distributed/describe-topics.ts';
import { groupName, runPrefix, runTopics } from '../../pipelines/distributed/run-topics.ts';
import { openRunBus } from '../../pipelines/distributed/open-run-bus.ts';
import { workerStages } from '../../pipelines/distributed/stage-names.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import { loadConfig } from '../config/load-config.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import { tableLines } from './table-lines.ts';

export interface TopicsOptions {
  readonly set: readonly string[];
  readonly json: boolean;
}

export const topicsActions = ['create', 'describe', 'delete'] as const;
export type TopicsAction = (typeof topicsActions)[number];

export async function topicsCommand(action: TopicsAction, configName: string, { set, json }: TopicsOptions, { terminal, folder }: CliWorld): Promise<number> {
  const { config } = await loadConfig(configName, { set, folder });
  const topology = namedTopologies[config.pipeline];
  const run = await openRunBus(config, { clientId: 'pretrainzero-topics' });
  try {
    if (action === 'create') await run.bus.createTopics(runTopics(config, topology));
    const there = await run.bus.topicNames(runPrefix(config));
    if (action === 'delete') {
      await run.bus.deleteTopics(there);
      await run.bus.deleteGroups(workerStages(topology).map((stage) => groupName(config, stage)));
      terminal.write(json ? `${JSON.stringify({ deleted: there })}\n` : `deleted ${there.length} topics\n`);
      return exitCodes.ok;
    }
    const described = await describeTopics(run, topology, there);
    if (json) terminal.write(`${JSON.stringify(described)}\n`);
    else {
      const rows = described.map(({ name, partitions, messages, settings }) => [`  ${name}`, String(partitions), messages === null ? 'not there' : String(messages), Object.entries(settings).map(([key, value]) => `${key}=${value}`).join(' ')]);
      terminal.write(tableLines([['Topics', 'partitions', 'messages', 'settings'], ...rows]).map((line) => `${line}\n`).join(''));
    }
    return exitCodes.ok;
  } finally {
    await run.bus.close();
  }
}
