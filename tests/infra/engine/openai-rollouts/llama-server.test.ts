/** Rollouts from a real llama.cpp server, where PRETRAINZERO_LLAMA_SERVER names its `llama-server`: its samples' log-probabilities are those of the engine in this process on the same file. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfigOf } from '../../../../infra/engine/model-files/read-model.ts';
import { createRolloutsEngine } from '../../../../infra/engine/openai-rollouts/create-rollouts-engine.ts';
import { freePort } from '../../../../infra/kafka/free-port.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { engineOn } from '../tfjs/temporary-model.ts';
import { tokensOf } from '../tfjs/training-examples.ts';

const program = process.env['PRETRAINZERO_LLAMA_SERVER'];
const skip = program === undefined && 'NOT COMPARED: set PRETRAINZERO_LLAMA_SERVER to a llama-server of llama.cpp';
const betweenMs = 100;

for (const name of ['llama', 'qwen3']) {
  test(`samples of a real llama.cpp server are of the weights in ${name}.gguf`, { skip }, async (t) => {
    const file = fixturePath(`gguf/${name}.gguf`);
    const { vocabularySize, eosTokens } = await readConfigOf(file);
    const port = await freePort();
    const options = ['-m', file, '--alias', 'base', '--host', '127.0.0.1', '--port', String(port), '-c', '256', '-np', '2', '-t', '1', '-ctk', 'f32', '-ctv', 'f32', '--no-warmup'];
    const server = spawn(program!, options, { stdio: 'ignore' });
    t.after(async () => {
      if (server.exitCode !== null) return;
      server.kill('SIGKILL');
      await once(server, 'exit');
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await fetch(`${url}/health`).then(({ ok }) => ok, () => false))) {
      assert.equal(server.exitCode, null, 'the server ended');
      await wait(betweenMs);
    }
    const local = await engineOn(t, file);
    const engine = await createRolloutsEngine({ url, apiKey: null, server: 'llama-cpp', model: 'base', maxRows: 4, weights: null }, local);
    const groups = [1, 2, 3].map((start) => ({ promptTokens: tokensOf(6 + start, start, vocabularySize), seeds: [start, start + 10, start + 20, start + 30] }));
    const asked = { groups, maxNewTokens: 12, temperature: 1, stopTokens: eosTokens };
    const { samples, policyVersion } = await engine.generate(asked);
    assert.equal(policyVersion, 0);
    const scored = await engine.score(groups.map(({ promptTokens }, g) => ({ promptTokens, responses: samples[g]!.map(({ tokens, logprobs }, i) => ({ id: `${g}/${i}`, tokens, logprobs, advantage: 0 })) })));
    const whole = samples.flatMap((own, g) => own.flatMap(({ logprobs }, i) => (logprobs.every(Number.isFinite) ? [logprobs.map((logprob, k) => Math.abs(logprob - scored[g]![i]![k]!))] : [])));
    const apart = Math.max(...whole.flat());
    t.diagnostic(`${whole.length} of ${samples.flat().length} samples have log-probabilities; they differ by up to ${apart}`);
    assert.ok(whole.length > 0 && apart < 0.01);
    assert.ok(new Set(samples.flat().map(({ tokens }) => tokens.join())).size > 6, 'they are drawn');
  });
}
