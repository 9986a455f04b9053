/** What a paragraph's plain text is preceded by: the beginning token, and the title with what is between the two. In: a paragraph. Out: token ids. Nothing can go wrong. */
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';

/** Empty where the model has neither a beginning token nor a stop token, and the paragraph no title. */
export function plainOpening({ title }: Pick<Paragraph, 'title'>, tokenizer: Tokenizer, between = ':'): number[] {
  const token = tokenizer.bosToken ?? tokenizer.stopTokens[0];
  return [...(token === undefined ? [] : [token]), ...(title === '' ? [] : tokenizer.encode(`${title}${between}`))];
}
