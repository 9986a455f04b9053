/**
 * What goes into the model to predict responses to a prompt. In: a prompt's tokens, and those of its responses. Out: for each response the prompt and the response
 * but for its last token, which is predicted and not put in; for no response the prompt. Nothing can go wrong.
 */
export function inputSequences(promptTokens: readonly number[], responses: readonly (readonly number[])[]): (readonly number[])[] {
  if (responses.length === 0) return [promptTokens];
  return responses.map((tokens) => {
    const sequence = promptTokens.concat(tokens);
    if (tokens.length > 0) sequence.pop();
    return sequence;
  });
}
