/** The topics that a broker of one node keeps in its folder, whether it runs or not. In: the folder. Out: name, partitions and bytes of the messages of each, by name; Kafka's own begin with two underscores. */
import { join } from 'node:path';
import type { FileSystem } from '../file-system/file-system.ts';
import { brokerFiles } from './broker-files.ts';

export interface KeptTopic {
  readonly name: string;
  readonly partitions: number;
  /** Of messages, on disk. */
  readonly bytes: number;
}

export async function keptTopics(folder: string, fileSystem: FileSystem): Promise<KeptTopic[]> {
  const { data } = brokerFiles(folder);
  const topics = new Map<string, KeptTopic>();
  for (const { name: entry, kind } of await fileSystem.list(data)) {
    const name = kind === 'directory' ? /^(?<name>.+)-\d+$/u.exec(entry)?.groups?.name : undefined; // what is being deleted has another ending
    if (name === undefined || name === '__cluster_metadata') continue;
    const { partitions, bytes } = topics.get(name) ?? { partitions: 0, bytes: 0 };
    topics.set(name, { name, partitions: partitions + 1, bytes: bytes + (await messageBytes(join(data, entry), fileSystem)) });
  }
  return [...topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Indexes are longer than what is in them. */
async function messageBytes(partition: string, fileSystem: FileSystem): Promise<number> {
  let bytes = 0;
  for (const { name } of await fileSystem.list(partition)) if (name.endsWith('.log')) bytes += (await fileSystem.size(join(partition, name))) ?? 0;
  return bytes;
}
