/**
 * Asserts that a run over a broker lost nothing, counted nothing twice, and left the folder of the same run in one process, byte for byte. In: its config, folder and topics; where the other run may
 * lie, the engine that it is to have, and which files it must share.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { verifyRun } from '../../../infra/checkpoints/verify-run.ts';
import { verifyLedgers } from '../../../infra/cli/verify/verify-ledgers.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import type { Engine } from '../../../operators/ports/engine.ts';
import { launch } from '../../../pipelines/launch.ts';
import { loadPromptTemplate } from '../../../pipelines/load-prompt-template.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { filesOf } from '../killed-run.ts';
import { exactnessProblems, type RunRecords } from './exactness.ts';
import { stubParts } from './stub-parts.ts';

export interface OtherRun {
  readonly folder: string;
  /** @default the stub engine */
  readonly engine?: Engine;
  /** @default all */
  readonly shares?: (path: string) => boolean;
}

export async function assertAsUndisturbed(config: Config, directory: string, records: RunRecords, { folder, engine, shares = () => true }: OtherRun): Promise<void> {
  const { steps } = config.run;
  assert.deepEqual(exactnessProblems(records, steps), []);
  assert.deepEqual((await verifyRun(nodeFileSystem, directory)).problems, []);
  assert.deepEqual((await verifyLedgers(nodeFileSystem, directory, steps, new Set())).problems, []);
  const all = [filesOf(directory), await inOneProcess(config, join(folder, `${config.run.name}-in-memory`), engine)] as const;
  const [found, due] = all.map((files) => new Map([...files].filter(([path]) => shares(path)))) as [Map<string, Buffer | string>, Map<string, Buffer | string>];
  assert.deepEqual([...found.keys()], [...due.keys()]);
  for (const [path, bytes] of due) assert.deepEqual(found.get(path), bytes, path);
}

async function inOneProcess(config: Config, directory: string, engine: Engine | undefined): Promise<Map<string, Buffer | string>> {
  const parts = { ...stubParts(), ...(engine && { engine }) };
  await launch(config, { directory, parts: { ...parts, template: await loadPromptTemplate('short', parts.tokenizer) } }).done;
  return filesOf(directory);
}
