import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ThreadCaller } from '../../../../../infra/engine/tfjs/threads/thread-caller.ts';
import { hasCode } from '../../model-files/has-code.ts';

interface Calls {
  work(): number;
}

const ready = `const { parentPort } = require('node:worker_threads'); parentPort.postMessage({ kind: 'ready', value: 'here' });`;
const start = (script: string, options: { maxOldGenerationSizeMb?: number } = {}): ThreadCaller<Calls> =>
  new ThreadCaller<Calls>(new Worker(`${ready} parentPort.on('message', () => { ${script} });`, { eval: true, resourceLimits: options }));

describe('a thread that dies', () => {
  test('fails its open calls and all later ones', async () => {
    const thread = start('process.exit(3)');
    assert.equal(await thread.ready, 'here');
    const open = [thread.call('work', []), thread.call('work', [])];
    for (const call of open) await assert.rejects(call, hasCode('ENGINE_FAILED', /code 3/u));
    await assert.rejects(thread.call('work', []), hasCode('ENGINE_FAILED'));
  });

  test('of an exception that nobody caught says which', async () => {
    await assert.rejects(start(`throw new Error('the roof')`).call('work', []), hasCode('ENGINE_FAILED', /the roof/u));
  });

  test('of a full heap is out of memory', async () => {
    const thread = start('const all = []; for (;;) all.push(new Array(1000).fill(all.length));', { maxOldGenerationSizeMb: 16 });
    await assert.rejects(thread.call('work', []), hasCode('OUT_OF_MEMORY'));
  });

  test('before it is ready refuses to open', async () => {
    const worker = new Worker('process.exit(4)', { eval: true });
    await assert.rejects(new ThreadCaller<Calls>(worker).ready, hasCode('ENGINE_FAILED', /code 4/u));
  });
});
