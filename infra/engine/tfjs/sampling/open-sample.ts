/** A sample that is being decoded. */
import type { CopyingWalk } from '../../../../operators/rollouts/copying/copying-walk.ts';
import type { CachedRun } from './cached-run.ts';

export interface OpenSample {
  readonly group: number;
  readonly seed: number;
  /** Its own tokens but the last, behind its prompt. */
  readonly run: CachedRun;
  /** Null: no constraint. */
  readonly walk: CopyingWalk | null;
  readonly tokens: number[];
  readonly logprobs: number[];
  finishReason: 'stop' | 'length' | null;
}
