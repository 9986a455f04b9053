/** Who holds the lock of a run. In: the text of a lock file. Out: the process that wrote it; null where the text is none. Nothing can go wrong. */
import { z } from 'zod';

const holderSchema = z.strictObject({
  pid: z.int(),
  host: z.string(),
  /** Tells the process from a later one with the same number; null where the system does not say. */
  started: z.string().nullable(),
});

export type LockHolder = z.infer<typeof holderSchema>;

/** What the lock must know of processes. */
export interface Processes {
  readonly self: LockHolder;
  /** Whether a process of this machine still runs. */
  isAlive(holder: LockHolder): boolean;
}

export function parseHolder(text: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
