/** In: a model's config and a seed. Out: fresh weights, a function of the two alone. */
import { elementCount, type Weights } from './host-tensor.ts';
import { expectedWeights } from './expected-weights.ts';
import type { ModelConfig } from './model-config.ts';
import { seededNormal } from './seeded-normal.ts';

/** GPT-2's; about 1 / sqrt(width) makes a narrow model begin with attention that is not flat. */
const usualDeviation = 0.02;

/**
 * As GPT-2: normal; the two projections that write into the residual stream divided by
 * sqrt(2 * layers), so that its variance does not grow with depth; norms 1, biases 0.
 * @param seed a safe integer of 0 or more
 * @param deviation standard deviation. @default 0.02
 */
export function initialiseModel(config: ModelConfig, seed: number, deviation = usualDeviation): Weights {
  const weights: Weights = new Map();
  for (const [name, shape] of expectedWeights(config)) {
    const data = new Float32Array(elementCount(shape));
    if (name.endsWith('norm.weight')) data.fill(1);
    else if (!name.endsWith('.bias')) seededNormal(data, seed, name, deviation / residualScale(name, config.layers));
    weights.set(name, { shape, data });
  }
  return weights;
}

function residualScale(name: string, layers: number): number {
  return /\.(?:o_proj|down_proj)\.weight$/u.test(name) ? Math.sqrt(2 * layers) : 1;
}
