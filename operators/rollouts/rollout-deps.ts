import type { Config } from '../../schemas/config/config.ts';
import type { DeadLetterSink } from '../flow/dead-letter-sink.ts';
import type { Engine, GenerateProgress } from '../ports/engine.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import type { BatchOf } from './cohorts.ts';
import type { PromptTemplate } from './prompt-template.ts';

/** What the rollout operators are given. */
export interface RolloutDeps {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly template: PromptTemplate;
  readonly config: Config;
  readonly deadLetters: DeadLetterSink;
  readonly progress?: GenerateProgress;
  /** Which paragraphs are sampled in one call of the engine. @default those admitted together */
  readonly batchOf?: BatchOf;
}
