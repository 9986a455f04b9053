import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../../infra/config/load-config.ts';
import { isError } from '../../is-error.ts';

const server = (kind: string, folder: string | null): string => `engine.rollouts={url: "http://localhost:8000", server: ${kind}, model: base, folder: ${folder ?? 'null'}, apiKey: null}`;
const lora = 'engine.lora={rank: 8, alpha: 16, targets: [q_proj, v_proj]}';
const load = (...set: readonly string[]): Promise<unknown> => loadConfig('base', { set: [...set] });

test('a server that samples is taken where weights get there, or none is needed later than it has', async () => {
  await load(server('vllm', '/shared'), lora);
  await load(server('sglang', '/shared'), lora);
  await load(server('sglang', '/shared'));
  for (const kind of ['vllm', 'sglang', 'llama-cpp']) {
    await load(server(kind, null), 'run.steps=1', 'optimiser.warmupSteps=0');
    await load(server(kind, null), 'run.steps=4', 'grpo.maxStaleness=3', 'optimiser.warmupSteps=1');
  }
});

const refused: readonly (readonly [set: readonly string[], message: RegExp])[] = [
  [[server('vllm', '/shared')], /vllm loads adapters while it runs, not all weights/],
  [[server('llama-cpp', '/shared'), lora], /llama\.cpp loads weights as it starts alone: it must be null/],
  [[server('llama-cpp', null), 'run.steps=20', 'grpo.maxStaleness=2'], /step 20 would be trained on samples 19 versions old; grpo\.maxStaleness is 2/],
  [[server('vllm', '/shared'), lora, 'rollouts.temperature=0.7'], /rollouts\.temperature is 0\.7/],
  [[server('vllm', '/shared'), lora, 'transport=kafka'], /transport is kafka, where several workers/],
  [[server('vllm', '/shared'), lora, 'pipeline=continue-pretraining'], /samples nothing that engine\.rollouts could/],
  [[server('vllm', '/shared'), lora, 'masks.constrained=true'], /cannot be told which tokens may be sampled/],
  [[server('vllm', '/shared'), lora, 'masks.atLeast=2'], /masks\.atLeast is 2, and the server of engine\.rollouts cannot be told which tokens may be sampled/],
  [[server('vllm', '/shared'), lora, 'grpo.baseline=critic'], /does not tell the value of a prompt/],
  [[server('vllm', '/shared'), 'engine.tinker={url: "http://localhost:8000", backend: fsdp, model: base, apiKey: null}'], /cannot stand beside engine\.tinker/],
  [[server('openai', null)], /it must be one of vllm, sglang, llama-cpp/],
];

for (const [set, message] of refused) {
  test(`refused before anything runs: ${set.join(' ')}`, () => assert.rejects(load(...set), isError('CONFIG_INVALID', message)));
}
