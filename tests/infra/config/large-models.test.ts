/** The configs of large models. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledConfigNames } from '../../../infra/config/config-paths.ts';
import { loadConfig } from '../../../infra/config/load-config.ts';

const paper = (await loadConfig('paper-qwen3-4b')).config;

test("every config on a server has the paper's rollouts and loss", async () => {
  const names = bundledConfigNames().filter((name) => name.startsWith('tinker-'));
  assert.equal(names.length, 5);
  for (const name of names) {
    const { rollouts, grpo, masks, engine } = (await loadConfig(name)).config;
    assert.deepEqual([rollouts, grpo, masks], [paper.rollouts, paper.grpo, paper.masks], name);
    assert.notEqual(engine.tinker, null, name);
  }
});
