import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GenerateRequest, SamplingGroup } from '../../../operators/ports/engine.ts';
import { loggedSampler, type LoggedRollout } from '../../../operators/replay/logged-sampler.ts';
import { CopyingRules } from '../../../operators/rollouts/copying/copying-rules.ts';

const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
const names = new CopyingRules(bytes).namesOf('It was in Oslo.', true);
const rollout: LoggedRollout = { id: 'p/mask/0', policyVersion: 3, promptTokens: [1, 2], responseTokens: [5, 6, 9, 7], logprobs: [-1, -2, -3, -4], value: null, constraint: 'names' };

async function asked(group: Partial<SamplingGroup>, constraints: boolean) {
  const request: GenerateRequest = { groups: [{ promptTokens: [1, 2], seeds: [4], ids: ['p/mask/0'], ...group }], maxNewTokens: 8, temperature: 1, stopTokens: [9] };
  return (await loggedSampler([rollout], { unlogged: 'left-out', policyVersion: null, constraints })(request)).samples[0]!;
}

test('a sample ends with its first stop token', async () => {
  assert.deepEqual(await asked({ copying: names }, true), [{ tokens: [5, 6, 9], logprobs: [-1, -2, -3], finishReason: 'stop' }]);
});

test('what was asked otherwise has no answer: another prompt, another id, another constraint', async () => {
  assert.deepEqual(await asked({ copying: names, promptTokens: [1, 3] }, true), []);
  assert.deepEqual(await asked({ copying: names, ids: ['p/mask/1'] }, true), []);
  assert.deepEqual(await asked({ copying: null }, true), []);
  assert.deepEqual(await asked({}, true), []);
});

test('a log that does not tell constraints answers whatever is held to', async () => {
  assert.equal((await asked({}, false)).length, 1);
  assert.equal((await asked({ copying: names }, false)).length, 1);
});

test('a stage that asks without ids is refused', () => {
  const generate = loggedSampler([rollout], { unlogged: 'hole', policyVersion: null, constraints: true });
  assert.throws(() => void generate({ groups: [{ promptTokens: [1], seeds: [1] }], maxNewTokens: 1, temperature: 1, stopTokens: [] }), { code: 'USAGE' });
});
