/**
 * Encodes a prompt once. In: an encoder of prompts. Out: the same, which knows those that were asked for last. Masks of a paragraph are often alike, and a question is encoded where it is made and again
 * where it is asked. What it gives is shared by all who ask. Fails as the encoder does.
 */
type Encode = (prompt: string) => readonly number[];

/** Some eight megabytes. */
const tokensAtMost = 1 << 20;

export function rememberPrompts(encode: Encode, mostTokens = tokensAtMost): Encode {
  const known = new Map<string, readonly number[]>(); // the one asked for longest ago first
  let size = 0;
  const forget = (prompt: string, tokens: readonly number[]): void => {
    known.delete(prompt);
    size -= tokens.length;
  };
  return (prompt) => {
    const found = known.get(prompt);
    if (found !== undefined) forget(prompt, found);
    const tokens = found ?? encode(prompt);
    known.set(prompt, tokens);
    size += tokens.length;
    for (const [oldest, its] of known) {
      if (size <= mostTokens) break;
      forget(oldest, its);
    }
    return tokens;
  };
}
