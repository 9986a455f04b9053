/**
 * The rows of a part that is not as it was committed, where it can be read all the same. In: the file, the name of its record. Out: rows and the fields they have; null where it
 * cannot be read. It is decoded in a thread of its own with a time limit and little memory: over altered bytes the decoder may take for ever.
 */
import { Worker } from 'node:worker_threads';

export interface DamagedRows {
  readonly rows: readonly object[];
  readonly fields: ReadonlySet<string>;
}

const limitMs = 20_000;
const limits = { maxOldGenerationSizeMb: 2048 };

export async function readDamagedPart(file: string, record: string): Promise<DamagedRows | null> {
  const worker = new Worker(new URL('./damaged-part-worker.js', import.meta.url), { workerData: { file, record }, name: 'damaged part', resourceLimits: limits });
  const timer = setTimeout(() => void worker.terminate(), limitMs);
  try {
    return await new Promise<DamagedRows | null>((resolve) => {
      worker.once('message', (rows: DamagedRows | null) => resolve(rows));
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
