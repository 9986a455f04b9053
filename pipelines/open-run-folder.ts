/**
 * The run's folder as its writer opens it: the log, and TensorBoard's file beside it where the config asks for one. In: folder and config. Out: the store, and what had to be
 * repaired. Can go wrong: as `openRunStore`. TensorBoard's file is there from the start, so that a run that cannot write it stops before any work.
 */
import { stringify } from 'yaml';
import { nodeProcesses } from '../infra/checkpoints/node-processes.ts';
import { openRunStore, type OpenedRun, type RunStoreOptions } from '../infra/checkpoints/open-run-store.ts';
import { nodeFileSystem } from '../infra/file-system/node-file-system.ts';
import { withEventFile } from '../infra/telemetry/tensorboard/with-event-file.ts';
import { configSchema, type Config } from '../schemas/config/config.ts';

export async function openRunFolder(config: Config, options: Pick<RunStoreOptions, 'directory' | 'resume' | 'keep' | 'clock'>): Promise<OpenedRun> {
  const opened = await openRunStore({
    ...options,
    configText: stringify(configSchema.parse(config)), // keys in the schema's order: the same config, the same text
    fileSystem: nodeFileSystem,
    processes: nodeProcesses,
    log: config.log,
    keepCheckpoints: config.run.keepCheckpoints,
  });
  if (!config.log.tensorboard) return opened;
  try {
    return { ...opened, store: await withEventFile(opened.store, { fileSystem: nodeFileSystem, clock: options.clock }) };
  } catch (error) {
    await opened.store.close();
    throw error;
  }
}
