/** A sample that is being decoded. */
import type { PrefixCache } from './prefix-cache.ts';
import type { SuffixCache } from './suffix-cache.ts';

export interface OpenSample {
  readonly seed: number;
  readonly prefix: PrefixCache;
  readonly suffix: SuffixCache;
  readonly tokens: number[];
  readonly logprobs: number[];
  finishReason: 'stop' | 'length' | null;
}
