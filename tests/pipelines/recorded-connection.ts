/** What a config's section `kafka` comes to where a run is spread over it, for tests that compare two configs: topics, connection, messages, weights. No broker is asked. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { createRedactor } from '../../infra/topics/kafka/redactor.ts';
import { saslOptions } from '../../infra/topics/kafka/sasl-options.ts';
import { tlsOptions } from '../../infra/topics/kafka/tls-options.ts';
import { encodeMessage } from '../../infra/topics/messages/encode-message.ts';
import { openMessageCodec } from '../../infra/topics/messages/open-message-codec.ts';
import { openWeights } from '../../pipelines/distributed/open-weights.ts';
import { runTopics } from '../../pipelines/distributed/run-topics.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { scoredGroups } from '../../schemas/records/edges.ts';
import { stepCommit } from '../step-commit.ts';
import type { RunRecord } from './recorded-run.ts';
import { newDirectory } from './stub-run.ts';

/** Parts: `topics`, `client`, `tls`, `sasl`, `messages`, `weights`. One that is refused has the code as its only part, `refused`. */
export async function recordConnection(config: Config): Promise<RunRecord> {
  const { kafka } = config;
  const redactor = createRedactor();
  try {
    const tls = await tlsOptions(kafka, nodeFileSystem, redactor);
    const sasl = await saslOptions(kafka, { environment: { KAFKA_PASSWORD: 'secret' }, fileSystem: nodeFileSystem }, redactor);
    const codec = await openMessageCodec({ run: config.run.name, ...kafka });
    const [record] = stepCommit(2).paragraphs;
    const large = { ...record!, paragraph: { ...record!.paragraph, text: Array.from({ length: 40_000 }, (_, i) => (i * i) % 9973).join(' ') } };
    const messages = encodeMessage(codec, scoredGroups, { record: large, letters: [] }, { partition: 0, epoch: 1, step: 1, id: 'a' });
    const directory = newDirectory();
    const weights = openWeights(config, directory, process.env);
    await weights.put('epoch-1/version-1', (folder) => nodeFileSystem.createIfAbsent(join(folder, 'weights'), new Uint8Array(4)).then(() => undefined));
    const inRun = readdirSync(directory).join();
    await weights.clear();
    return new Map([
      ['topics', JSON.stringify(runTopics(config, namedTopologies[config.pipeline]))],
      ['client', JSON.stringify([kafka.brokers, kafka.sessionTimeoutMs])],
      ['tls', JSON.stringify(tls)],
      ['sasl', JSON.stringify(sasl)],
      ['messages', JSON.stringify(messages.map(({ value }) => value.length))],
      ['weights', inRun],
    ]);
  } catch (error) {
    if (error instanceof PretrainZeroError) return new Map([['refused', error.code]]);
    throw error;
  }
}
