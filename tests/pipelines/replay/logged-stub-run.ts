/** A run on a stub engine with its log on disk, and what its replay stands on. */
import { rmSync } from 'node:fs';
import { after } from 'node:test';
import { stringify } from 'yaml';
import { nodeProcesses } from '../../../infra/checkpoints/node-processes.ts';
import { openRunStore } from '../../../infra/checkpoints/open-run-store.ts';
import { systemClock } from '../../../infra/clock/system-clock.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import type { HeldOut } from '../../../pipelines/held-out.ts';
import type { ReplayOptions } from '../../../pipelines/replay/replay-options.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';
import type { StubRunStore } from '../../stub-run-store.ts';
import { newDirectory, startStubRun, type StubRunOptions } from '../stub-run.ts';

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = newDirectory();
  folders.push(folder);
  return folder;
}

const text = 'Belin1 lies on the river Ost1. It was founded in 1237 and has 3 mills.';
export const heldOut: HeldOut = {
  cloze: [{ id: 'c0', title: 'Page 1', text, start: 0, end: 6, mask: text.slice(0, 6), class: 'name' }, { id: 'c1', title: 'Page 1', text, start: 25, end: 29, mask: text.slice(25, 29), class: 'river' }],
  probe: [{ id: 'p0', title: 'Page 1', text, spans: [{ start: 0, end: 6, class: 'name' }] }],
};

export async function loggedStubRun(config: Config, options: StubRunOptions = {}): Promise<string> {
  const directory = temporaryFolder();
  const { store } = await openRunStore({
    directory,
    configText: stringify(config),
    resume: false,
    fileSystem: nodeFileSystem,
    clock: systemClock,
    processes: nodeProcesses,
    log: config.log,
    keepCheckpoints: config.run.keepCheckpoints,
  });
  const { run } = await startStubRun(config, { ...options, store: store as StubRunStore, parts: { heldOut, ...options.parts } });
  await run.done;
  await store.close();
  return directory;
}

/** The parts that a stub run was made with, as far as a replay needs them. */
export const stubParts: NonNullable<ReplayOptions['parts']> = { tokenizer: createStubTokenizer(), heldOut };
