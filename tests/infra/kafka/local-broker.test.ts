import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Kafka, logLevel } from 'kafkajs';
import { runProgram } from '../../../infra/cli/program.ts';
import { nodeProcesses, holderOf } from '../../../infra/checkpoints/node-processes.ts';
import { brokerRecord, recordFile } from '../../../infra/kafka/broker-record.ts';
import { freePort } from '../../../infra/kafka/free-port.ts';
import { testWorld } from '../cli/test-world.ts';
import { brokerSkip } from './broker-skip.ts';

const skip = brokerSkip();
const home = mkdtempSync(join(tmpdir(), 'local-broker-'));
const folder = join(home, 'broker');

after(async () => {
  await kafka('down', '--delete');
  rmSync(home, { recursive: true });
});

interface Told {
  readonly exitCode: number;
  readonly out: string;
  readonly errors: string;
}

/** As a person calls it. */
async function kafka(...args: readonly string[]): Promise<Told> {
  const world = testWorld();
  const exitCode = await runProgram(['kafka', args[0]!, '--folder', folder, ...args.slice(1)], { ...world, clock: { now: () => performance.now(), wallTime: () => Date.now() } });
  return { exitCode, out: world.terminal.out(), errors: world.terminal.errors() };
}

interface Status {
  readonly running: boolean;
  readonly address: string | null;
  readonly pid: number | null;
  readonly uptimeMs: number | null;
  readonly version: string | null;
  readonly topics: readonly { readonly name: string; readonly partitions: number; readonly bytes: number }[];
}

const status = async (): Promise<Status> => JSON.parse((await kafka('status', '--json')).out) as Status;

async function publish(address: string, topic: string, value: string): Promise<void> {
  const client = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  const admin = client.admin();
  const producer = client.producer();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }] });
  await producer.connect();
  await producer.send({ topic, messages: [{ value }] });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
}

test('a port that is taken is told before anything else', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { exitCode, errors } = await kafka('up', '--port', String(port));
  other.close();
  assert.equal(exitCode, 1);
  assert.match(errors, new RegExp(`PORT_TAKEN: Another program listens on port ${port} of 127\\.0\\.0\\.1\n-> Stop what listens there, or choose another port with --port\\.`));
  assert.equal(existsSync(folder), false);
});

test('up, up again, killed, up, down: one broker, which keeps its topics until they are deleted', { skip }, async () => {
  const port = String(await freePort());
  const up = await kafka('up', '--port', port, '--memory', '256');
  assert.deepEqual([up.exitCode, up.errors], [0, '']);
  assert.match(up.out, new RegExp(`^Kafka 4\\.3\\.1 runs at 127\\.0\\.0\\.1:${port} \\(process \\d+\\)\\.`));
  const first = await status();
  assert.deepEqual([first.running, first.address, first.version, first.topics], [true, `127.0.0.1:${port}`, '4.3.1', []]);
  assert.ok(first.uptimeMs! > 0);

  assert.match((await kafka('up', '--port', port)).out, /runs already/);
  assert.equal((await status()).pid, first.pid);
  const elsewhere = await kafka('up', '--port', String(await freePort()));
  assert.equal(elsewhere.exitCode, 2);
  assert.match(elsewhere.errors, new RegExp(`USAGE: The broker of this folder runs at port ${port}; end it with`));

  await publish(first.address!, 'kept', 'x'.repeat(5000));
  const holder = holderOf(first.pid!);
  process.kill(first.pid!, 'SIGKILL');
  while (nodeProcesses.isAlive(holder)) await new Promise((resolve) => setImmediate(resolve));
  const dead = await kafka('status');
  assert.equal(dead.exitCode, 1);
  assert.match(dead.out, /^No broker runs; `npx pretrainzero kafka up` starts one\./);

  assert.equal((await kafka('up', '--port', port, '--memory', '256')).exitCode, 0);
  const second = await status();
  assert.notEqual(second.pid, first.pid);
  const secondHolder = holderOf(second.pid!);
  const kept = second.topics.find(({ name }) => name === 'kept')!;
  assert.equal(kept.partitions, 3);
  assert.ok(kept.bytes > 5000 && kept.bytes < 6000, `${kept.bytes} bytes`);
  assert.match((await kafka('status')).out, /\nkept +3 +\d/);

  const down = await kafka('down');
  assert.deepEqual([down.exitCode, down.out], [0, `The broker ended (process ${second.pid!}); what it keeps stays in ${folder}.\n`]);
  assert.equal(nodeProcesses.isAlive(secondHolder), false);
  assert.match((await kafka('down')).out, /^No broker ran/);
  assert.equal((await status()).topics.some(({ name }) => name === 'kept'), true);

  writeFileSync(join(folder, 'mine.txt'), 'not of the broker');
  await kafka('down', '--delete');
  assert.equal(readFileSync(join(folder, 'mine.txt'), 'utf8'), 'not of the broker');
  assert.equal(existsSync(join(folder, 'data')), false);
  rmSync(join(folder, 'mine.txt'));
  await kafka('down', '--delete');
  assert.equal(existsSync(folder), false);
});

test('the process of a stale record is left alone, though another has its number by now', async () => {
  const stale = { ...holderOf(process.pid), started: 'another boot/1', port: 9092, memoryMb: 512, startedAtMs: 0, kafkaVersion: '4.3.1' };
  mkdirSync(folder, { recursive: true });
  for (const text of [JSON.stringify(stale), 'no record', '']) {
    writeFileSync(recordFile(folder), text);
    assert.equal((await status()).running, false);
    assert.match((await kafka('down')).out, /^No broker ran/); // this process would be gone
  }
  assert.ok(brokerRecord.safeParse(stale).success);
});

test('what cannot be is refused by the command line', async () => {
  for (const args of [['up', '--port', '0'], ['up', '--port', '65536'], ['up', '--port', 'x'], ['up', '--memory', '12'], ['sideways']]) {
    const { exitCode } = await kafka(...args);
    assert.equal(exitCode, 2, args.join(' '));
  }
});
