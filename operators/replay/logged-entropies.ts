/**
 * An engine's `entropies` that answers from a log. In: a step's logged paragraphs. Out: their entropies, found by the ids that the stage asks with; none where the log has none. Can go
 * wrong: USAGE for a stage that asks without ids.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { Engine } from '../ports/engine.ts';

export function loggedEntropies(paragraphs: readonly Pick<Paragraph, 'id' | 'tokenEntropies'>[]): Engine['entropies'] {
  const logged = new Map(paragraphs.map(({ id, tokenEntropies }) => [id, tokenEntropies]));
  return (texts) => Promise.resolve(texts.map(({ id, tokens }) => (logged.get(nameOf(id)) ?? []).slice(0, tokens.length)));
}

function nameOf(id: string | undefined): string {
  if (id !== undefined) return id;
  throw new PretrainZeroError('USAGE', 'a stage asks for entropies without ids: only one that names its texts (EntropyText.id) can be answered from a log');
}
