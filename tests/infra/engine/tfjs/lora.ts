/** Adapters for the engine's tests. */
import { initialiseAdapter } from '../../../../infra/engine/model-files/adapter/initialise-adapter.ts';
import type { Adapter } from '../../../../infra/engine/model-files/adapter/adapter.ts';
import { adapterTargets } from '../../../../infra/engine/model-files/adapter/adapter-config.ts';
import type { ModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import type { LoraOptions } from '../../../../infra/engine/tfjs/engine-options.ts';

export const everyLayer: LoraOptions = { rank: 3, alpha: 5, targets: adapterTargets, seed: 11 };

/** With B moved off its start, so that the adapter changes something. */
export function livelyAdapter(config: ModelConfig, { seed, ...settings }: LoraOptions = everyLayer): Adapter {
  const adapter = initialiseAdapter(settings, config, seed);
  for (const [name, { data }] of adapter.tensors) if (name.endsWith('.lora_B.weight')) data.forEach((_, i) => (data[i] = 0.2 * Math.sin(i + name.length)));
  return adapter;
}
