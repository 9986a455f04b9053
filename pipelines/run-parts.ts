/** The parts that a run is made of, each behind its port. `launch` opens the real ones; a test or an own program may give others. */
import type { PastStep } from '../operators/health/rebuild-health.ts';
import type { Clock } from '../operators/ports/clock.ts';
import type { Engine } from '../operators/ports/engine.ts';
import type { ParagraphSource } from '../operators/ports/paragraph-source.ts';
import type { RunStore } from '../operators/ports/run-store.ts';
import type { Tokenizer } from '../operators/ports/tokenizer.ts';
import type { SpanRecord } from '../operators/rewards/span-record.ts';
import type { PromptTemplate } from '../operators/rollouts/prompt-template.ts';
import type { EvaluationRow } from '../schemas/records/evaluation-row.ts';
import type { HeldOut } from './held-out.ts';

export interface RunParts {
  readonly clock: Clock;
  readonly tokenizer: Tokenizer;
  readonly template: PromptTemplate;
  readonly store: RunStore;
  readonly heldOut: HeldOut;
  readonly engine: Engine;
  readonly source: ParagraphSource;
  /** Held-out rows that the run committed: of the base model for step 0, else the newest up to and with the step. */
  readonly evaluations: (step: number) => Promise<readonly EvaluationRow[]>;
  /** What became of the spans of a committed step, for rewards that ask after them (`rewards.generation`). */
  readonly spanRecords: (step: number) => Promise<readonly SpanRecord[]>;
  /** A step that the run committed. */
  readonly pastStep: (step: number) => Promise<PastStep>;
}
