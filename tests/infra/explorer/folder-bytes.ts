/** The bytes of a run's folder, for the explorer's readers; counts what is asked of it. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGrowth, type CommittedStep } from '../../../infra/explorer/log/committed-step.ts';
import type { PartBytes } from '../../../infra/explorer/log/part-bytes.ts';

export interface CountedBytes extends PartBytes {
  /** Bytes read so far, by path. */
  readonly counts: Map<string, number>;
}

export function folderBytes(directory: string): CountedBytes {
  const counts = new Map<string, number>();
  return {
    counts,
    async read({ path }, start, end) {
      const handle = await open(join(directory, path), 'r');
      try {
        const buffer = new ArrayBuffer(end - start);
        const { bytesRead } = await handle.read(new Uint8Array(buffer), 0, end - start, start);
        counts.set(path, (counts.get(path) ?? 0) + bytesRead);
        return buffer;
      } finally {
        await handle.close();
      }
    },
  };
}

export async function committedSteps(directory: string): Promise<readonly CommittedStep[]> {
  return readGrowth(await readFile(join(directory, 'manifest.jsonl'), 'utf8'), null).steps;
}
