/**
 * Asks the current policy how uncertain it is of each token of a paragraph's text. In: admitted paragraphs. Out: each with `tokenEntropies`, one call of the engine a batch, in the order
 * of batches. Of a text longer than a prompt may be, what is beyond has none. The engine's errors end the stream.
 */
import { concatMap, from, mergeAll, pipe, type OperatorFunction } from 'rxjs';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { cohorts } from './cohorts.ts';
import { plainOpening } from './plain-opening.ts';
import type { RolloutDeps } from './rollout-deps.ts';

/**
 * ```text
 * --(p0)(p1)----------------|
 *      withEntropies(deps)
 * --------------(p0 p1)-----|
 * ```
 */
export function withEntropies({ engine, tokenizer, config, batchOf }: Pick<RolloutDeps, 'engine' | 'tokenizer' | 'config' | 'batchOf'>): OperatorFunction<Paragraph, Paragraph> {
  const textOf = (paragraph: Paragraph) => {
    const tokens = tokenizer.encode(paragraph.text);
    const opening = plainOpening(paragraph, tokenizer, ': ');
    const promptTokens = opening.length > 0 ? opening : tokens.slice(0, 1); // a token can only be uncertain after another
    return { id: paragraph.id, promptTokens, tokens: tokens.slice(0, Math.max(0, config.rollouts.maxPromptTokens - promptTokens.length)) };
  };
  return pipe(
    cohorts((paragraph: Paragraph) => paragraph, batchOf),
    concatMap((cohort) => from(engine.entropies(cohort.map(textOf)).then((all) => cohort.map((paragraph, i) => ({ ...paragraph, tokenEntropies: all[i]! })))).pipe(mergeAll())),
  );
}
