import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { fetchJars, type FetchOptions } from '../../../infra/kafka/fetch-jars.ts';
import { kafkaJars, type Jar } from '../../../infra/kafka/jars/kafka-jars.ts';
import { isError } from '../../is-error.ts';
import { createMemoryFileSystem, type MemoryFileSystem } from '../file-system/memory-file-system.ts';
import { machineAt } from './test-machine.ts';

const contents = new Map(['a', 'b', 'c', 'd', 'e'].map((name) => [`org/${name}/${name}.jar`, Buffer.from(`the jar ${name}`)]));
const jars: Jar[] = [...contents].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }));
const place = (name: string): string => `/cache/pretrainzero/kafka-4.3.1/${name}.jar`;

/** @param answer sees each request first; null where the repository answers as it should */
function repository(answer: (path: string) => Response | Error | null = () => null) {
  const asked: string[] = [];
  const fetch = (input: unknown): Promise<Response> => {
    const path = String(input).replace('https://maven.example/', '');
    asked.push(path);
    const special = answer(path);
    if (special instanceof Error) return Promise.reject(special);
    return Promise.resolve(special ?? new Response(contents.get(path) ?? null, { status: contents.has(path) ? 200 : 404 }));
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

function bring(fileSystem: MemoryFileSystem, fetch: typeof globalThis.fetch, options: FetchOptions = {}): Promise<string> {
  const machine = { ...machineAt('/home/me', { fileSystem, fetch }), environment: { PRETRAINZERO_MAVEN: 'https://maven.example', XDG_CACHE_HOME: '/cache' } };
  return fetchJars(machine, { jars, sleep: () => Promise.resolve(), ...options });
}

test('jars are fetched once, and what is damaged in the cache is fetched again', async () => {
  const fileSystem = createMemoryFileSystem();
  const { asked, fetch } = repository();
  const told: number[][] = [];
  assert.equal(await bring(fileSystem, fetch, { onProgress: (...figures) => told.push(figures) }), '/cache/pretrainzero/kafka-4.3.1');
  assert.deepEqual(asked.sort(), [...contents.keys()]);
  assert.deepEqual(told.at(-1), [45, 45]);
  await bring(fileSystem, fetch);
  assert.equal(asked.length, 5);
  fileSystem.overwrite(place('b'), Buffer.from('the jar B'));
  await bring(fileSystem, fetch);
  assert.deepEqual(asked.slice(5), ['org/b/b.jar']);
  assert.equal(fileSystem.contents().get(place('b')), 'the jar b');
});

test('a connection that is cut, an answer that is short or a server that is ill is asked again', async () => {
  const ills = [new TypeError('fetch failed'), new Response('the', { status: 200 }), new Response(null, { status: 503 })];
  const { asked, fetch } = repository((path) => (path === 'org/c/c.jar' ? (ills.shift() ?? null) : null));
  const fileSystem = createMemoryFileSystem();
  await bring(fileSystem, fetch);
  assert.equal(asked.length, 8);
  assert.equal(fileSystem.contents().get(place('c')), 'the jar c');
});

test('another file of the same length, one that is not there, and a repository that is gone are NETWORK_FAILED, and leave nothing behind', async () => {
  for (const { answer, message } of [
    { answer: new Response('the jar C'), message: /another \(https:\/\/maven\.example\/org\/c\/c\.jar\)/ },
    { answer: new Response(null, { status: 404 }), message: /does not have the file/ },
    { answer: new TypeError('fetch failed'), message: /after 5 attempts: fetch failed/ },
  ]) {
    const fileSystem = createMemoryFileSystem();
    const { fetch } = repository((path) => (path === 'org/c/c.jar' ? answer : null));
    await assert.rejects(bring(fileSystem, fetch), isError('NETWORK_FAILED', message));
    assert.equal(fileSystem.contents().has(place('c')), false);
  }
});

test('the pinned list is a whole broker: each jar once, with a checksum', () => {
  assert.equal(new Set(kafkaJars.map(({ path }) => path.split('/').at(-1))).size, kafkaJars.length);
  for (const { path, bytes, sha256 } of kafkaJars) assert.ok(/^[\w./-]+\.jar$/.test(path) && bytes > 0 && /^[0-9a-f]{64}$/.test(sha256), path);
  for (const needed of ['kafka_2.13', 'kafka-clients', 'kafka-server', 'kafka-metadata', 'log4j-slf4j-impl']) assert.ok(kafkaJars.some(({ path }) => path.includes(`/${needed}/`)), needed);
});
