/** Does passes whose rows are in the memory of sampling. Wrong: OUT_OF_MEMORY, ENGINE_FAILED. */
import type { RowPass } from './row-pass.ts';

export interface PassRunner {
  /** Before the passes of a request. @param weightsChanged since the last one, or there was none */
  prepare(weightsChanged: boolean): Promise<void>;
  run(pass: RowPass): void;
  close(): Promise<void>;
}
