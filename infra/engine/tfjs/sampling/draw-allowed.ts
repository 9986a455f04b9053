/**
 * Draws one of a few tokens, in the engine's thread. In: the output projection on the host, a hidden state, tokens, a temperature, a uniform number. Out: a token and its log-probability among those, float32.
 * What is not a number stays one.
 */
import type { Linear } from '../model/linear.ts';

/**
 * Inverts the cumulative distribution of softmax(z / temperature) over `allowed`, in its order.
 * @param hidden [width]; @param allowed at least one; @param temperature 0: log-probabilities at 1; @param uniform in [0, 1); null takes the most probable
 */
export function drawAllowed(head: Linear, hidden: Float32Array, allowed: readonly number[], temperature: number, uniform: number | null): { readonly token: number; readonly logprob: number } {
  const row = new Float32Array(head.inputs);
  const logits = allowed.map((token) => {
    head.readOutput(token, row);
    let sum = 0;
    for (let i = 0; i < row.length; i++) sum += row[i]! * hidden[i]!;
    return sum / (temperature === 0 ? 1 : temperature);
  });
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const index = uniform === null ? logits.indexOf(largest) : invert(weights, uniform * total);
  return { token: allowed[Math.max(0, index)]!, logprob: Math.fround(Math.log(weights[Math.max(0, index)]! / total)) };
}

function invert(weights: readonly number[], wanted: number): number {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    if (sum > wanted) return index;
  }
  return weights.findLastIndex((weight) => weight > 0);
}
