/** Prompts as token ids. In: a tokenizer. Out: what encodes a prompt: as a user's turn where the model has a chat template and one is wanted, else as plain text. Fails with MODEL_UNSUPPORTED where the chat template does not show the turn. */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';

export interface PromptEncoder {
  /** Whether prompts are turns of a chat. */
  readonly chat: boolean;
  encode(prompt: string): number[];
}

/** @param chat whether a chat template is used where there is one */
export function createPromptEncoder(tokenizer: Tokenizer, chat: boolean): PromptEncoder {
  return chat && tokenizer.chat !== null ? chatEncoder(tokenizer, tokenizer.chat) : plainEncoder(tokenizer);
}

function plainEncoder(tokenizer: Tokenizer): PromptEncoder {
  const opening = tokenizer.bosToken === null ? [] : [tokenizer.bosToken];
  return { chat: false, encode: (prompt) => [...opening, ...tokenizer.encode(prompt)] };
}

/** The turn's frame is encoded with its special tokens once, the prompt as plain text each time. */
function chatEncoder(tokenizer: Tokenizer, chat: NonNullable<Tokenizer['chat']>): PromptEncoder {
  const placeholder = 'THE-PROMPT-GOES-HERE';
  const [before, after, ...more] = chat([{ role: 'user', content: placeholder }]).split(placeholder);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new PretrainZeroError('MODEL_UNSUPPORTED', 'the chat template does not show the user turn exactly once', { key: 'chat_template' });
  }
  const opening = tokenizer.encodeWithSpecials(before);
  const closing = tokenizer.encodeWithSpecials(after);
  return { chat: true, encode: (prompt) => [...opening, ...tokenizer.encode(prompt), ...closing] };
}
