/** How a server that samples must be started for a run to be what its config says; nothing here can look. In: the config. Out: sentences; none without engine.rollouts. Pure. */
import type { Config } from '../../../schemas/config/config.ts';
import { isLocal } from './is-local.ts';

export function rolloutsNotes({ engine, rollouts }: Config): string[] {
  const server = engine.rollouts;
  if (server === null) return [];
  const { lora } = engine;
  const positions = rollouts.maxPromptTokens + Math.max(rollouts.maxMaskResponseTokens, rollouts.maxPredictionResponseTokens);
  const loads = {
    vllm: `VLLM_ALLOW_RUNTIME_LORA_UPDATING=True and --enable-lora --max-lora-rank ${lora?.rank ?? 0}`,
    sglang: lora === null ? 'nothing more' : `--enable-lora --max-lora-rank ${lora.rank} --lora-target-modules ${lora.targets.join(' ')}`,
    'llama-cpp': 'nothing more',
  }[server.server];
  return [
    `the server that samples must take sequences of ${positions} tokens`,
    server.folder === null
      ? `every sample is of version 0: the server must have the weights of model.path, unchanged`
      : `the server that samples needs ${loads}, and must see ${server.folder} under the same path`,
    ...(server.server === 'vllm' ? ['vLLM must give log-probabilities as they are (--logprobs-mode raw_logprobs, its default)'] : []),
    ...(server.server === 'sglang' ? ['SGLang heeds seeds with --enable-deterministic-inference alone; without it a resumed run draws other samples'] : []),
    ...(server.server === 'llama-cpp' ? ["llama.cpp ends a sample at the model file's own end tokens alone: they must be the tokenizer's"] : []),
    'weights of lower precision there than here show as ratios other than 1: watch logprobDriftMean in the reports',
    ...(server.apiKey === null && !isLocal(server.url) && new URL(server.url).protocol === 'http:' ? ['the connection to the server that samples is neither encrypted nor proven'] : []),
  ];
}
