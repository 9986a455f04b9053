import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../../infra/config/load-config.ts';
import { isError } from '../../is-error.ts';

const server = (backend: string): string[] => [`engine.tinker={url: "http://localhost:8000", backend: ${backend}, model: base, apiKey: null}`];
const lora = 'engine.lora={rank: 32, alpha: 32, targets: [q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]}';
const jax = [...server('jax'), lora, 'optimiser.gradientClip=1.0e9'];
const load = (set: readonly string[]): Promise<unknown> => loadConfig('base', { set: [...set] });

test('a config with a server is taken where its backend has all that is asked for', async () => {
  await load(jax);
  for (const backend of ['fsdp', 'megatron']) {
    await load(server(backend));
    await load([...server(backend), lora]);
  }
});

const refused: readonly (readonly [set: readonly string[], message: RegExp])[] = [
  [[...jax, 'engine.backend=wasm'], /engine\.backend is wasm, which is of the engine in this process/],
  [[...jax, 'engine.threads=2'], /engine\.threads is 2/],
  [[...jax, 'engine.recomputeActivations=true'], /engine\.recomputeActivations is true/],
  [[...jax, 'engine.lora=null'], /the jax backend cannot train all weights/],
  [[...jax, 'engine.lora.alpha=16'], /engine\.lora\.alpha is 16; on the server it is always 32/],
  [[...jax, 'engine.lora.targets=[q_proj]'], /every layer of a block gets an adapter/],
  [[...jax, 'masks.constrained=true'], /cannot be told which tokens may be sampled/],
  [[...jax, 'masks.atLeast=2'], /masks\.atLeast is 2, and the server cannot be told which tokens may be sampled/],
  [[...jax, 'rollouts.temperature=0.7'], /rollouts\.temperature is 0\.7/],
  [[...jax, 'grpo.maxStaleness=1'], /one version of the weights at a time/],
  [[...jax, 'grpo.baseline=critic'], /grpo\.baseline is critic, and the server has no value head/],
  [[...jax, 'optimiser.gradientClip=1'], /the jax backend does not clip/],
  [[...jax, 'engine.tinker.url=ftp://host'], /engine\.tinker\.url is "ftp:\/\/host"/],
  [[...jax, 'engine.tinker.backend=torch'], /it must be one of jax, fsdp, megatron/],
];

for (const [set, message] of refused) {
  test(`refused before anything runs: ${set.at(-1)!}`, () => assert.rejects(load(set), isError('CONFIG_INVALID', message)));
}
