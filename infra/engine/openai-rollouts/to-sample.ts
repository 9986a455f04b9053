/**
 * A sample of the port from what a server gave. In: the drawn tokens, the stop tokens, and how many were asked for. Out: the sample, ended by its first stop token: what a server draws beyond it depends on nothing before it. Wrong:
 * RangeError, saying how server and run do not fit.
 */
import type { Sample } from '../../../operators/ports/engine.ts';
import type { Drawn } from './dialect.ts';

export function toSample({ tokens, logprobs, ended }: Drawn, stopTokens: readonly number[], maxTokens: number): Sample {
  if (logprobs.length !== tokens.length) throw new RangeError(`${logprobs.length} log-probabilities for ${tokens.length} tokens`);
  const last = tokens.findIndex((token) => stopTokens.includes(token));
  const length = last < 0 ? tokens.length : last + 1;
  if (length === 0 || length > maxTokens) throw new RangeError(`${length} tokens, where 1 to ${maxTokens} were asked for`);
  const own = { tokens: tokens.slice(0, length), logprobs: logprobs.slice(0, length).map(Math.fround) };
  if (last >= 0) return { ...own, finishReason: 'stop' };
  if (ended === 'stop') {
    throw new RangeError(`a sample that ended after token ${own.tokens.at(-1)}, which is none of the run's stop tokens (${stopTokens.join(', ') || 'none'}): tokenizer or generation config differ`);
  }
  if (length < maxTokens) throw new RangeError(`${length} tokens of ${maxTokens}: its context is shorter than the run's`);
  return { ...own, finishReason: 'length' };
}
