import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rolloutsNotes } from '../../../infra/cli/check/rollouts-notes.ts';
import { loadConfig } from '../../../infra/config/load-config.ts';

const server = (kind: string, folder: string | null, url = 'http://localhost:8000'): string => `engine.rollouts={url: "${url}", server: ${kind}, model: base, folder: ${folder ?? 'null'}, apiKey: null}`;
const lora = 'engine.lora={rank: 8, alpha: 16, targets: [q_proj, v_proj]}';
const notes = async (...set: readonly string[]): Promise<string> => rolloutsNotes((await loadConfig('base', { set: [...set] })).config).join('\n');

test('check says how the server that samples must be started', async () => {
  assert.equal(await notes(), '');
  assert.match(await notes(server('vllm', '/shared'), lora), /needs VLLM_ALLOW_RUNTIME_LORA_UPDATING=True and --enable-lora --max-lora-rank 8, and must see \/shared under the same path/);
  assert.match(await notes(server('sglang', '/shared'), lora), /--enable-lora --max-lora-rank 8 --lora-target-modules q_proj v_proj/);
  assert.match(await notes(server('sglang', '/shared')), /needs nothing more, and must see \/shared.*\n.*--enable-deterministic-inference/);
  assert.match(await notes(server('llama-cpp', null), 'run.steps=1', 'optimiser.warmupSteps=0'), /every sample is of version 0: the server must have the weights of model\.path/);
});

test('a connection that others could read is told, one of this machine is not', async () => {
  const told = /neither encrypted nor proven/;
  assert.match(await notes(server('vllm', '/shared', 'http://gpu:8000'), lora), told);
  assert.doesNotMatch(await notes(server('vllm', '/shared'), lora), told);
  assert.doesNotMatch(await notes(server('vllm', '/shared', 'https://gpu:8000'), lora), told);
});
