import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import kafkajs, { type AclResourceTypes as ResourceType } from 'kafkajs';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import { openConnection } from '../../../../infra/topics/kafka/connection.ts';
import { openKafkaBus } from '../../../../infra/topics/kafka/open-kafka-bus.ts';
import { packageRoot } from '../../../../infra/setup/package-root.ts';
import type { MessageBus } from '../../../../operators/ports/message-bus.ts';
import type { KafkaSection } from '../../../../schemas/config/kafka-section.ts';
import { brokerSkip } from '../../kafka/broker-skip.ts';
import { isError } from '../../../is-error.ts';
import { testSection } from './kafka-section.ts';
import { canary, clientName, openSecuredBroker, unsignedToken, type Allowed, type SecuredBroker } from './secured-broker.ts';
import { stageRights } from './stage-rights.ts';

const { AclOperationTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs; // no names of its own that a module could import
const skip = brokerSkip(['openssl']);
const people = ['talker', ...Object.keys(stageRights)];
const token = unsignedToken('talker', Date.now());
let secured: SecuredBroker;
const folder = mkdtempSync(join(tmpdir(), 'secured-test-'));

before(async () => {
  if (skip !== false) return;
  secured = await openSecuredBroker(people);
  await secured.admin.createTopics({ topics: [{ topic: 'talk', numPartitions: 1 }] });
  const talkers = ['User:talker', `User:CN=${clientName}`];
  await secured.allow(talkers.flatMap((principal) => [right(principal, AclResourceTypes.TOPIC, 'talk', 'WRITE'), right(principal, AclResourceTypes.TOPIC, 'talk', 'READ'), right(principal, AclResourceTypes.GROUP, 'talk', 'READ')]));
});

after(async () => {
  if (skip === false) await secured.close();
  rmSync(folder, { recursive: true });
});

const plain = (password: string): KafkaSection['sasl'] => ({ mechanism: 'plain', username: 'talker', password: { env: password } });

/** What a config may say, the listener that it is for, and its secrets. */
function ways(): { readonly name: string; readonly listener: string; readonly section: Partial<KafkaSection>; readonly secret: string }[] {
  const { ca, certificate, key } = secured.certificates;
  const tls = { ca, certificate: null, key: null };
  const passwords = (['plain', 'scram-sha-256', 'scram-sha-512'] as const).map((mechanism) => ({ mechanism, username: 'talker', password: { env: 'CANARY' } }));
  const sasl: { readonly sasl: NonNullable<KafkaSection['sasl']>; readonly secret: string }[] = [...passwords.map((each) => ({ sasl: each, secret: canary })), { sasl: { mechanism: 'oauthbearer', token: { env: 'TOKEN' } }, secret: token }];
  const keyLine = readFileSync(key, 'utf8').split('\n')[1]!;
  return [
    { name: 'TLS', listener: 'TLS', section: { tls }, secret: keyLine },
    { name: 'mutual TLS', listener: 'MTLS', section: { tls: { ca, certificate, key } }, secret: keyLine },
    ...sasl.map(({ sasl: who, secret }) => ({ name: `${who.mechanism}, not encrypted`, listener: 'SASL', section: { sasl: who }, secret })),
    ...sasl.map(({ sasl: who, secret }) => ({ name: `${who.mechanism} over TLS`, listener: 'SASLTLS', section: { tls, sasl: who }, secret })),
  ];
}

/** What talk.ts says of configs, with kafkajs at its loudest, each by its name. */
async function talk(configs: readonly { readonly listener: string; readonly section: Partial<KafkaSection> }[], secrets: Readonly<Record<string, string>>): Promise<{ readonly files: readonly string[]; readonly text: string }> {
  const files = configs.map(({ listener, section }, i) => {
    const file = join(folder, `${i}.yaml`);
    writeFileSync(file, JSON.stringify({ extends: 'quickstart', transport: 'kafka', kafka: { brokers: [secured.broker.addresses[listener]], sessionTimeoutMs: 6000, ...section } }));
    return file;
  });
  const env = { ...process.env, KAFKAJS_LOG_LEVEL: 'DEBUG', KAFKAJS_DEBUG_PROTOCOL_BUFFERS: '1', ...secrets };
  const child = spawn(process.execPath, [fileURLToPath(new URL('./talk.js', import.meta.url)), ...files], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  await new Promise((resolve) => child.once('close', resolve));
  return { files, text };
}

/** The secret in no form that a program writes by itself. */
function assertHidden(text: string, secret: string): void {
  const bytes = Buffer.from(secret);
  const forms = [secret, JSON.stringify(secret).slice(1, -1), bytes.toString('base64').replace(/=+$/u, ''), bytes.toString('hex'), encodeURIComponent(secret), [...bytes].join(','), [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')];
  for (const form of forms) assert.equal(text.includes(form), false, `the secret is shown as ${form}`);
}

test('each way to connect takes a message there and back, and shows no secret at the loudest', { skip }, async () => {
  const all = ways();
  const { files, text } = await talk(all, { CANARY: canary, TOKEN: token });
  for (const [i, { name }] of all.entries()) assert.ok(text.includes(`${files[i]!}: said ${i + 1}\n`), `${name}: ${text.slice(-2000)}`);
  assert.match(text, /kafkajs DEBUG Connection/u); // it was loud
  for (const { secret } of all) assertHidden(text, secret);
});

test('a wrong secret of each mechanism is BROKER_REFUSED, and is not shown either', { skip }, async () => {
  const wrong = 'wRoNg-c4naRy "q" /+= 551';
  const forged = `${token.split('.')[0]!}.wRoNgcanary.`;
  const all = ways().filter(({ listener }) => listener === 'SASL');
  const { files, text } = await talk(all, { CANARY: wrong, TOKEN: forged });
  for (const file of files) assert.ok(text.includes(`${file}: failed\n`));
  assert.equal(text.match(/BROKER_REFUSED: The broker does not accept who this says it is: /gu)?.length, all.length);
  assertHidden(text, wrong);
  assertHidden(text, forged);
});

async function reach(listener: string, changes: Partial<KafkaSection>): Promise<void> {
  const section = testSection({ brokers: [secured.broker.addresses[listener] ?? listener], ...changes });
  const connection = await openConnection(section, 'test', { environment: { CANARY: canary }, fileSystem: nodeFileSystem, log: () => undefined });
  await connection.reach();
}

test('what does not fit the listener is refused in words', { skip }, async () => {
  const { ca, otherCa, certificate, key } = secured.certificates;
  const tls = { ca, certificate: null, key: null };
  const address = (listener: string): string => secured.broker.addresses[listener]!.replaceAll('.', '\\.');
  await Promise.all([
    assert.rejects(reach('TLS', { tls: { ...tls, ca: otherCa } }), isError('BROKER_REFUSED', new RegExp(`No encrypted connection to ${address('TLS')} comes about: .*certificate`, 'u'))),
    assert.rejects(reach('TLS', { tls: { ...tls, ca: null } }), isError('BROKER_REFUSED', /certificate/u)),
    assert.rejects(reach('MTLS', { tls }), isError('BROKER_REFUSED', /No encrypted connection .* certificate/u)),
    assert.rejects(reach('TLS', {}), isError('BROKER_UNREACHABLE', /kafka\.tls/u)),
    assert.rejects(reach('PLAINTEXT', { tls }), isError('BROKER_UNREACHABLE', /kafka\.tls/u)),
    assert.rejects(reach('SASL', {}), isError('BROKER_UNREACHABLE', /kafka\.sasl/u)),
    assert.rejects(reach('PLAINTEXT', { sasl: plain('CANARY') }), isError('BROKER_REFUSED', /asks for no proof/u)),
    assert.rejects(reach('127.0.0.1:1', {}), isError('BROKER_UNREACHABLE', /There is no connection to 127\.0\.0\.1:1: .*ECONNREFUSED/u)),
    assert.rejects(reach('no-such-host.invalid:9092', {}), isError('BROKER_UNREACHABLE', /no-such-host\.invalid:9092/u)),
  ]);
  await reach('MTLS', { tls: { ca, certificate, key } });
});

const runPrefix = 'pretrainzero.some-run.';

function right(principal: string, resourceType: ResourceType, resourceName: string, operation: 'READ' | 'WRITE'): Allowed {
  return { principal, resourceType, resourceName, resourcePatternType: resourceType === AclResourceTypes.GROUP ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL, operation: AclOperationTypes[operation] };
}

/** As the table in docs/kafka.md has it. */
function rightsOf(stage: string): Allowed[] {
  const { read, write } = stageRights[stage]!;
  const principal = `User:${stage}`;
  return [
    ...read.map((name) => right(principal, AclResourceTypes.TOPIC, runPrefix + name, 'READ')),
    ...write.map((name) => right(principal, AclResourceTypes.TOPIC, runPrefix + name, 'WRITE')),
    right(principal, AclResourceTypes.GROUP, runPrefix, 'READ'),
  ];
}

async function busOf(stage: string): Promise<MessageBus> {
  const sasl = { mechanism: 'scram-sha-256', username: stage, password: { env: 'CANARY' } } as const;
  const connection = await openConnection(testSection({ brokers: [secured.broker.addresses.SASL!], sasl }), stage, { environment: { CANARY: canary }, fileSystem: nodeFileSystem, log: () => undefined });
  return openKafkaBus({ connection, sessionTimeoutMs: 6000, maxMessageBytes: 900_000 });
}

const message = { partition: 0, key: 'k', headers: {}, value: new Uint8Array([1]) };

/** What a worker of the stage does: it writes, joins its group on what it reads, and reads control topics alone. */
async function work(stage: string, bus: MessageBus): Promise<void> {
  const { read, write } = stageRights[stage]!;
  const topic = (name: string): string => runPrefix + name;
  for (const name of write) await bus.publish(topic(name), [message]);
  for (const name of read) await bus.readAll(topic(name));
  const member = await bus.join({ group: runPrefix + stage, topics: read.map(topic), open: () => ({ take: () => Promise.resolve(null), revoked: () => undefined }) });
  await member.close();
}

test('each worker runs with exactly its rights, and one that is missing is named', { skip, concurrency: true }, async (t) => {
  const names = [...new Set(Object.values(stageRights).flatMap(({ read, write }) => [...read, ...write]))];
  await secured.admin.createTopics({ topics: names.map((name) => ({ topic: runPrefix + name, numPartitions: 1 })) });
  const owner = await openKafkaBus({ connection: await openConnection(testSection({ brokers: secured.broker.brokers }), 'owner', { environment: {}, fileSystem: nodeFileSystem, log: () => undefined }), sessionTimeoutMs: 6000, maxMessageBytes: 900_000 });
  for (const name of names) await owner.publish(runPrefix + name, [message]);
  await owner.close();
  // Each has rights of its own: they may be tried at the same time.
  const tries = Object.keys(stageRights).map((stage) =>
    t.test(stage, async () => {
      await secured.allow(rightsOf(stage));
      const bus = await busOf(stage);
      await work(stage, bus);
      await bus.close();
      const missing = rightsOf(stage).find(({ resourceName, operation }) => operation === AclOperationTypes.WRITE && !resourceName.endsWith('dead-letters'))!;
      await secured.forbid([missing]);
      const without = await busOf(stage);
      await assert.rejects(work(stage, without), isError('BROKER_REFUSED', new RegExp(`the topic ${missing.resourceName.replaceAll('.', '\\.')}: it has not the right WRITE`, 'u')));
      await without.close();
    }),
  );
  await Promise.all(tries);
});

test('a missing right to read a topic, or to join the group, is named', { skip }, async () => {
  const rights = rightsOf('predict-spans');
  await secured.allow(rights);
  for (const { named, acl } of [
    { named: /the topic pretrainzero\.some-run\.mask-groups: it has not the right READ/u, acl: rights.find(({ resourceName }) => resourceName.endsWith('mask-groups'))! },
    { named: /the group pretrainzero\.some-run\..*: this principal has not the right READ/u, acl: rights.find(({ resourceType }) => resourceType === AclResourceTypes.GROUP)! },
  ]) {
    await secured.forbid([acl]);
    const bus = await busOf('predict-spans');
    await assert.rejects(work('predict-spans', bus), isError('BROKER_REFUSED', named));
    await bus.close();
    await secured.allow([acl]);
  }
});

test("the table of rights in docs/kafka.md is what was tested", () => {
  const page = readFileSync(join(packageRoot(), 'docs', 'kafka.md'), 'utf8');
  const list = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/gu)].map(([, name]) => name!).sort();
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| ([^|]*) \| ([^|]*) \|$/gmu)].filter(([, stage]) => stage! in stageRights);
  const written: unknown = Object.fromEntries(rows.map(([, stage, read, write]) => [stage, { read: list(read!), write: list(write!) }]));
  const tested = Object.fromEntries(Object.entries(stageRights).map(([stage, { read, write }]) => [stage, { read: [...read].sort(), write: [...write].sort() }]));
  assert.deepEqual(written, tested);
});
