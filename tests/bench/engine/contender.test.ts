import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Contender } from './contender.ts';
import type { Job } from './job.ts';
import { takeTurns } from './rounds.ts';

const job: Job = { model: '', gguf: null, backend: null, device: 'cpu', threads: 1, work: { kind: 'sgemm', size: 1 } };
const megabytes = 64;

/** Holds some memory; says what it was given, and how often it was asked. */
const honest = `
  const { readFileSync, writeSync } = require('node:fs');
  const held = Buffer.alloc(${megabytes * 2 ** 20}, 1);
  const job = JSON.parse(readFileSync(process.argv[1], 'utf8'));
  let rounds = 0;
  console.log('not part of what is told');
  writeSync(3, 'null\\n');
  process.stdin.on('data', (asked) => { for (const _ of String(asked)) writeSync(3, JSON.stringify({ seconds: ++rounds, threads: job.threads, held: held.length }) + '\\n'); });
`;

function command(script: string): { program: string; args: string[] } {
  return { program: process.execPath, args: ['-e', script] };
}

test('A contender does a round each time it is asked, and its peak memory is known', async () => {
  const contender = await Contender.start(command(honest), job);
  try {
    const rounds = [await contender.round(), await contender.round()];
    assert.deepEqual(rounds.map(({ seconds, threads }) => [seconds, threads]), [[1, 1], [2, 1]]);
    if (process.platform === 'linux') assert(contender.peakBytes()! > megabytes * 2 ** 20);
  } finally {
    await contender.stop();
  }
});

test('Contenders take turns; one that dies is told with its last words, and the others go on', async () => {
  const dying = "require('node:fs').writeSync(3, 'null\\n'); process.stdin.on('data', () => { console.error('OUT_OF_MEMORY: no room'); process.exit(1); });";
  const outcomes = await takeTurns([{ name: 'dies', command: command(dying), job }, { name: 'lives', command: command(honest), job }, { name: 'is not there', command: command('process.exit(3)'), job }], 2);
  assert.deepEqual(outcomes.map((outcome) => ('rounds' in outcome ? outcome.rounds.length : outcome.failure)), ['OUT_OF_MEMORY: no room', 2, 'ended with 3']);
});
