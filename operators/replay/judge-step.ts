/**
 * A step's samples judged once more, by the stages of a pipeline itself. In: the step as it was logged. Out: its paragraphs with all that was made of them, and the dead
 * letters met on the way. Only tokens, log-probabilities, entropies and paragraphs are taken from the log. Can go wrong: what a stage throws; RECORD_INVALID where it
 * does not pass each paragraph on once and in order.
 */
import { from, lastValueFrom, toArray, type OperatorFunction } from 'rxjs';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import type { PromptTemplate } from '../rollouts/prompt-template.ts';
import type { RolloutDeps } from '../rollouts/rollout-deps.ts';
import type { SampleTables } from './logged-tables.ts';
import { loggedEntropies } from './logged-entropies.ts';
import { loggedSampler, type LoggedSamplerOptions } from './logged-sampler.ts';
import { replayEngine } from './replay-engine.ts';

export interface JudgeDeps {
  readonly config: Config;
  readonly tokenizer: Tokenizer;
  readonly template: PromptTemplate;
  /** The pipeline from the edge `paragraphs` to the edge `scored-groups`. */
  readonly stages: (deps: RolloutDeps) => OperatorFunction<Paragraph, ScoredGroups>;
}

export interface JudgedStep {
  /** In order of slots. */
  readonly messages: readonly ScoredGroups[];
  readonly letters: readonly DeadLetter[];
}

export async function judgeStep(logged: Pick<SampleTables, 'paragraphs' | 'maskRollouts' | 'predictions'>, { stages, ...deps }: JudgeDeps, options: LoggedSamplerOptions): Promise<JudgedStep> {
  const letters: DeadLetter[] = [];
  const generate = loggedSampler([...logged.maskRollouts, ...logged.predictions], options);
  const judged = stages({ ...deps, engine: replayEngine({ generate, entropies: loggedEntropies(logged.paragraphs) }), deadLetters: (letter) => letters.push(letter) });
  const admitted = logged.paragraphs.map((paragraph) => ({ ...paragraph, tokenEntropies: null }));
  const messages = await lastValueFrom(from(admitted).pipe(judged, toArray()));
  const wrong = logged.paragraphs.find(({ id }, slot) => messages[slot]?.paragraph.id !== id);
  if (wrong !== undefined || messages.length !== logged.paragraphs.length) {
    throw new PretrainZeroError('RECORD_INVALID', 'the stages do not pass every paragraph on once, in order', { id: wrong?.id ?? messages.at(-1)!.paragraph.id });
  }
  return { messages, letters };
}
