import type { StepLog } from '../../operators/ports/step-log.ts';
import type { RunBus } from '../distributed/run-bus.ts';
import type { Topology } from '../topology.ts';
import type { RunParts } from '../run-parts.ts';

export interface ReplayOptions {
  /** `A..B`, `A..`, `..B`, or one step. @default all */
  readonly steps?: string;
  /** `key=value` each. Keys that act after sampling make it a what-if; ones that say where things are (`model.path`, `engine.backend`) go with anything. */
  readonly set?: readonly string[];
  /** The pipeline of the run, where it is one of its own. @default the one that the run's config names */
  readonly topology?: Topology;
  /** What-if and training: a pipeline with other operators, made of the run's. */
  readonly change?: (own: Topology) => Topology;
  /** Compute every update again and compare the weights. @default false */
  readonly gradients?: boolean;
  /** Read the corpus again, and compare paragraphs and its dead letters with it. @default false */
  readonly corpus?: boolean;
  /** Where samples are taken from, in place of the folder's Parquet. */
  readonly from?: 'kafka';
  /** Where samples are put, step by step, once they are found to be right. */
  readonly to?: 'kafka';
  /** Learn a fresh model from the log. */
  readonly train?: {
    /** The new run's folder. */
    readonly directory: string;
    /** Whether to go on with what is there. @default false */
    readonly resume?: boolean;
  };
  /** Examples of changes told a step, and altogether. @default 5 */
  readonly examples?: number;
  /** Aborted: the replay ends after the step in progress. */
  readonly signal?: AbortSignal;
  /** Parts in place of the real ones. */
  readonly parts?: Partial<Pick<RunParts, 'tokenizer' | 'template' | 'heldOut' | 'engine' | 'source' | 'clock'>> & {
    readonly log?: StepLog;
    /** For `from` and `to`; closed when the replay ends. */
    readonly topics?: RunBus;
  };
}
