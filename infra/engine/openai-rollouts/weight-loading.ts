/** How a server comes by a version of the weights while it runs. In: the server's kind, and what a version is. Out: the requests; null where it cannot. Pure. */
import type { RolloutServer, WeightsOptions } from './rollouts-options.ts';

export interface LoadRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface WeightLoading {
  /** @param name of the version @param directory where it lies */
  readonly load: (name: string, directory: string) => LoadRequest;
  /** Null: a version takes the place of the one before. */
  readonly unload: ((name: string) => LoadRequest) | null;
  /** What completions call the version. @param model the base's name */
  readonly modelName: (model: string, name: string) => string;
}

export function weightLoading(server: RolloutServer, kind: WeightsOptions['kind']): WeightLoading | null {
  if (server === 'vllm' && kind === 'adapter') {
    return {
      load: (lora_name, lora_path) => ({ path: '/v1/load_lora_adapter', body: { lora_name, lora_path } }),
      unload: (lora_name) => ({ path: '/v1/unload_lora_adapter', body: { lora_name } }),
      modelName: (_, name) => name,
    };
  }
  if (server === 'sglang' && kind === 'adapter') {
    return {
      load: (lora_name, lora_path) => ({ path: '/load_lora_adapter', body: { lora_name, lora_path } }),
      unload: (lora_name) => ({ path: '/unload_lora_adapter', body: { lora_name } }),
      modelName: (model, name) => `${model}:${name}`,
    };
  }
  if (server === 'sglang') {
    return {
      load: (_, model_path) => ({ path: '/update_weights_from_disk', body: { model_path } }),
      unload: null,
      modelName: (model) => model,
    };
  }
  return null;
}
