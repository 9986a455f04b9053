/** The newest checkpoint before a step that is there and whole. In: the log, the step. Out: its step and folder; null where there is none. Can go wrong: the system's errors. */
import { checkFile } from '../../infra/checkpoints/checksums.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import type { LoggedCheckpoint, StepLog } from '../../operators/ports/step-log.ts';

export interface FoundCheckpoint {
  readonly step: number;
  readonly directory: string;
}

export async function checkpointBefore({ steps }: StepLog, step: number): Promise<FoundCheckpoint | null> {
  for (const head of steps.slice(0, step - 1).toReversed()) {
    if (head.checkpoint !== null && (await isWhole(head.checkpoint))) return { step: head.step, directory: head.checkpoint.directory };
  }
  return null;
}

async function isWhole({ directory, files }: LoggedCheckpoint): Promise<boolean> {
  for (const file of files) if ((await checkFile(nodeFileSystem, directory, file, { content: true })) !== null) return false;
  return true;
}
