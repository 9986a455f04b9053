/** Where evaluations come from: over a server, or in an exported folder. Rejects where the server is gone or says no, or a file is missing. */
import type { Part, PartBytes } from '../../log/part-bytes.ts';

/** Its parts are those that `files` gives, of whichever evaluation. */
export interface EvaluationsSource extends PartBytes {
  /** In order. */
  readonly names: readonly string[];
  /** What is there of an evaluation at the moment, each with a path that is its own among all evaluations. */
  files(name: string): Promise<readonly Part[]>;
}
