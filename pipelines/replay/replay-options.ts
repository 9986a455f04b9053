import type { Config } from '../../schemas/config/config.ts';
import type { StepLog } from '../../operators/ports/step-log.ts';
import type { Topology } from '../topology.ts';
import type { RunBus } from '../distributed/run-bus.ts';
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
  /** Learn a fresh model from the log. */
  readonly train?: {
    /** The new run's folder. */
    readonly directory: string;
    /** Whether to go on with what is there. @default false */
    readonly resume?: boolean;
  };
  /** Reads the log from the run's topics, where they still hold it or `to` put it, in place of its folder. */
  readonly from?: 'kafka';
  /** Puts each step, once it is found to be as logged, on topics that `from` reads. */
  readonly to?: 'kafka';
  /** Examples of changes told a step, and altogether. @default 5 */
  readonly examples?: number;
  /** Aborted: the replay ends after the step in progress. */
  readonly signal?: AbortSignal;
  /** Parts in place of the real ones. */
  readonly parts?: Partial<Pick<RunParts, 'tokenizer' | 'template' | 'heldOut' | 'engine' | 'clock'>> & {
    readonly log?: StepLog;
    /** To the topics of the run, for `from` and `to`. */
    readonly connect?: (config: Config) => Promise<RunBus>;
  };
}
