/** In: the settings of an adapter, its base's config and a seed. Out: a fresh adapter, a function of these alone, which changes nothing yet. */
import { elementCount, type Weights } from '../host-tensor.ts';
import type { ModelConfig } from '../model-config.ts';
import { seededUniform } from '../seeded-uniform.ts';
import { expectedAdapter, type Adapter } from './adapter.ts';
import type { AdapterConfig } from './adapter-config.ts';

/**
 * As PEFT: A uniform within 1 / sqrt(inputs) of 0 (Kaiming with a = sqrt(5)), B zero. The values lie in memory that threads share.
 * @param seed a safe integer of 0 or more
 */
export function initialiseAdapter(settings: AdapterConfig, config: ModelConfig, seed: number): Adapter {
  const tensors: Weights = new Map();
  for (const [name, shape] of expectedAdapter(settings, config)) {
    const data = new Float32Array(new SharedArrayBuffer(4 * elementCount(shape)));
    if (name.endsWith('.lora_A.weight')) seededUniform(data, seed, name, 1 / Math.sqrt(shape[1]!));
    tensors.set(name, { shape, data });
  }
  return { config: settings, tensors };
}
