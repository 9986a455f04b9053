/** Where the bytes of a run's log come from: a server over range requests, or an exported folder. Both ends of the explorer speak of parts in these terms. */

/** One file of the log, as the manifest tells of it. */
export interface Part {
  /** Relative to the run, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

/** Name of the file of span classes beside a run's log, wherever it comes from (`span-labels.ts`). */
export const labelsPath = 'labels.jsonl';

export interface PartBytes {
  /** Bytes from `start` up to `end`. Rejects where the file is not to be had. */
  read(part: Part, start: number, end: number): Promise<ArrayBuffer>;
}
