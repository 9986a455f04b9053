/** A sample that is being decoded. */
import type { CachedRun } from './cached-run.ts';

export interface OpenSample {
  readonly group: number;
  readonly seed: number;
  /** Its own tokens but the last, behind its prompt. */
  readonly run: CachedRun;
  readonly tokens: number[];
  readonly logprobs: number[];
  finishReason: 'stop' | 'length' | null;
}
