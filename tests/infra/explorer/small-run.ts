/** A run on disk for tests of the explorer: a few simulated steps through the project's own writer, each open to changes. In: a new folder. Out: what goes on with it. */
import { mkdtempSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitStep } from '../../../infra/checkpoints/commit-step.ts';
import { chainStart } from '../../../infra/checkpoints/manifest-line.ts';
import { layout } from '../../../infra/checkpoints/run-layout.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { writeFile as writeDurably } from '../../../infra/file-system/write-file.ts';
import type { StepCommit } from '../../../operators/ports/run-store.ts';
import { baseConfig } from '../../base-config.ts';
import { simulatedStep, type StepShape } from '../../bench/explorer/simulated-step.ts';

export interface SmallRun {
  readonly directory: string;
  /** Commits the next step. */
  commit(changes?: (commit: StepCommit) => StepCommit): Promise<StepCommit>;
}

/** Three paragraphs of a corpus of four: each comes again. */
const smallShape: StepShape = { paragraphs: 3, masks: 4, predictions: 4, corpus: 4 };

const saveTokenizer =
  (tokenizer: string) =>
  (directory: string): Promise<void> =>
    writeDurably(nodeFileSystem, join(directory, 'tokenizer.json'), tokenizer);

export async function smallRun(parent: string, name: string, tokenizer = '{"model":{"vocab":{}}}'): Promise<SmallRun> {
  const directory = join(parent, name);
  await mkdir(join(directory, layout.staging), { recursive: true });
  await mkdir(join(directory, 'metrics'), { recursive: true });
  await writeFile(join(directory, layout.config), `run: {name: ${name}}\n`);
  await writeFile(join(directory, layout.manifest), '');
  const deps = { fileSystem: nodeFileSystem, directory, settings: baseConfig().log, wallTime: () => 0 };
  let [step, previous] = [0, chainStart];
  return {
    directory,
    async commit(changes = (commit) => commit) {
      step += 1;
      const commit = changes(await simulatedStep(step, 10, smallShape));
      previous = (await commitStep(commit, saveTokenizer(tokenizer), previous, deps)).hash;
      return commit;
    },
  };
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'pretrainzero-explorer-'));
}
