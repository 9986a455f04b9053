/** Rollouts from a real llama.cpp server, where PRETRAINZERO_LLAMA_SERVER names its `llama-server`: its samples' log-probabilities are, to the precision of the file's few bits, those of the engine in this process. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfigOf } from '../../../../infra/engine/model-files/read-model.ts';
import { createRolloutsEngine } from '../../../../infra/engine/openai-rollouts/create-rollouts-engine.ts';
import { freePort } from '../../../../infra/kafka/free-port.ts';
import type { Sample } from '../../../../operators/ports/engine.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { isError } from '../../../is-error.ts';
import { engineOn } from '../tfjs/temporary-model.ts';
import { tokensOf } from '../tfjs/training-examples.ts';
import { hastyRollouts } from './served-engine.ts';

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
    const engine = await createRolloutsEngine({ url, apiKey: null, server: 'llama-cpp', model: 'base', maxRows: 4, weights: null }, await engineOn(t, file), hastyRollouts());
    const [distances, ofOtherPrompts]: [number[], number[]] = [[], []];
    const drawn = new Set<string>();
    let withheld = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const promptTokens = tokensOf(6 + (seed % 3), seed, vocabularySize);
      const asked = engine.generate({ groups: [{ promptTokens, seeds: [seed] }], maxNewTokens: 3, temperature: 1, stopTokens: eosTokens });
      const result = await asked.catch((error: unknown) => {
        if (!isError('ENGINE_FAILED', /does not match the expected Content-only format/)(error)) throw error;
        return null; // what is not UTF-8 some versions do not give away
      });
      if (result === null) withheld++;
      else {
        const [[sample]] = result.samples as [[Sample]];
        const responses = [{ id: '', ...sample, advantage: 0 }];
        const [[own], [foreign]] = (await engine.score([{ promptTokens, responses }, { promptTokens: tokensOf(6, seed + 5, vocabularySize), responses }])) as [[number[]], [number[]]];
        drawn.add(sample.tokens.join());
        if (!sample.logprobs.every(Number.isFinite)) continue;
        distances.push(...sample.logprobs.map((logprob, k) => Math.abs(logprob - own[k]!)));
        ofOtherPrompts.push(...sample.logprobs.map((logprob, k) => Math.abs(logprob - foreign[k]!)));
      }
    }
    t.diagnostic(`${drawn.size} samples, ${withheld} withheld; ${distances.length} log-probabilities, which differ by ${mean(distances)} in the mean, and by ${mean(ofOtherPrompts)} from those after other prompts`);
    assert.ok(drawn.size > 3, 'they are drawn');
    // The file's weights have 2 to 8 bits, and llama.cpp rounds activations to 8 of them; the engine here does not.
    assert.ok(distances.length > 6 && mean(distances) < 0.15 && mean(distances) < mean(ofOtherPrompts) / 4);
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
