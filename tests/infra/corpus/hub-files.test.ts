import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { createParagraphSource } from '../../../infra/corpus/create-paragraph-source.ts';
import { findHubFiles } from '../../../infra/corpus/hub-files.ts';
import type { HubOptions } from '../../../infra/hub/hub-options.ts';
import { isPretrainZeroError } from '../../is-error.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';

/** Answers as the hub does: tree listing in two pages, `resolve` that redirects to a store, ranges there. */
const big = Buffer.from(Array.from({ length: 700_000 }, (_, i) => `{"id":${i}}`.padEnd(15) + '\n').join(''));
const small = Buffer.from(Array.from({ length: 50 }, (_, i) => `${JSON.stringify({ id: i, title: `T${i}`, text: `Paragraph ${i} says something else. ${'x'.repeat(i)}.` })}\n`).join(''));
const files: Readonly<Record<string, Buffer>> = { 'README.md': Buffer.from('# readme'), 'data/en/part-0.jsonl': small, 'data/en/part-1.jsonl': big, 'data/fr/part-0.jsonl': small };

type Fault = (request: IncomingMessage, response: ServerResponse) => boolean; // true: answered
let fault: Fault = () => false;
let requests: string[] = [];
let server: Server;
let url = '';

before(async () => {
  server = createServer((request, response) => {
    requests.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    if (!fault(request, response)) answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  fault = () => false;
  requests = [];
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = decodeURIComponent(new URL(request.url!, url).pathname);
  const cursor = new URL(request.url!, url).searchParams.get('cursor');
  if (path === '/api/datasets/me/wiki/tree/main' || path === '/api/datasets/me/wiki/tree/v1') {
    const entries = Object.entries(files).map(([name, content]) => ({ type: 'file', path: name, size: content.length, oid: 'x' }));
    const next = `<${url}${request.url}&cursor=2>; rel="next"`;
    response.writeHead(200, { 'content-type': 'application/json', ...(cursor === null ? { link: next } : {}) });
    response.end(JSON.stringify(cursor === null ? [{ type: 'directory', path: 'data', size: 0, oid: 'y' }, ...entries.slice(0, 2)] : entries.slice(2)));
    return;
  }
  const resolve = /^\/datasets\/me\/wiki\/resolve\/(?:main|v1)\/(.*)$/.exec(path);
  if (resolve !== null) return void response.writeHead(302, { location: `${url}/store/${resolve[1]}` }).end();
  const content = files[/^\/store\/(.*)$/.exec(path)?.[1] ?? ''];
  if (content === undefined) return void response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Repository not found"}');
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (range === null) return void response.writeHead(200, { etag: '"1"', 'content-length': content.length }).end(content);
  const [start, end] = [Number(range[1]), Math.min(Number(range[2]) + 1, content.length)];
  response.writeHead(206, { etag: '"1"', 'content-range': `bytes ${start}-${end - 1}/${content.length}`, 'content-length': end - start });
  response.end(content.subarray(start, end));
}

const waits: number[] = [];
const hub = (): HubOptions => ({ url, sleep: (ms) => Promise.resolve(void waits.push(ms)) });
const addresses = async (address: string): Promise<string[]> => (await findHubFiles(address, hub())).map((file) => file.address);

test('an address names one file, a folder or a glob, at a revision', async () => {
  assert.deepEqual(await addresses('hf://datasets/me/wiki/data/en/part-0.jsonl'), ['hf://datasets/me/wiki/data/en/part-0.jsonl']);
  assert.deepEqual(await addresses('hf://datasets/me/wiki/data/en'), ['hf://datasets/me/wiki/data/en/part-0.jsonl', 'hf://datasets/me/wiki/data/en/part-1.jsonl']);
  assert.deepEqual(await addresses('hf://datasets/me/wiki@v1/data/*/part-0.jsonl'), ['hf://datasets/me/wiki@v1/data/en/part-0.jsonl', 'hf://datasets/me/wiki@v1/data/fr/part-0.jsonl']);
  assert.ok(requests.some((request) => request.includes('/tree/v1?')));
});

test('a file is read by ranges, through the redirect, and bytes near each other are fetched once', async () => {
  const [found] = await findHubFiles('hf://datasets/me/wiki/data/en/part-1.jsonl', hub());
  const file = await found!.open();
  for (const [start, end] of [[0, 100], [50, 5000], [4_194_300, 4_194_310], [big.length - 10, big.length + 99], [4_200_000, 9_000_000]] as const) {
    assert.deepEqual(Buffer.from(await file.read(start, end)), big.subarray(start, end));
  }
  const ranges = requests.filter((request) => request.startsWith('/store/') && !request.includes('bytes=0-0'));
  assert.deepEqual(ranges.map((request) => request.split(' ')[1]), ['bytes=0-4194303', 'bytes=4194304-8388607', `bytes=8388608-${big.length - 1}`]);
});

test('nothing at an address is refused with the nearest names, an unknown data set by name', async () => {
  await assert.rejects(addresses('hf://datasets/me/wiki/data/en/part-2.jsonl'), (error: Error) => {
    assert.ok(isPretrainZeroError(error, 'CORPUS_NOT_FOUND'));
    assert.match(error.message, /nearest: data\/en\/part-0\.jsonl/);
    return true;
  });
  await assert.rejects(addresses('hf://datasets/me/other'), (error: Error) => isPretrainZeroError(error, 'CORPUS_NOT_FOUND') && error.message.includes('me/other'));
  await assert.rejects(addresses('hf://me/wiki'), (error: Error) => isPretrainZeroError(error, 'CORPUS_NOT_FOUND') && error.message.includes('hf://datasets/owner/name'));
  fault = (_, response) => (response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"gated"}'), true);
  await assert.rejects(addresses('hf://datasets/me/wiki'), (error: Error) => isPretrainZeroError(error, 'CORPUS_NOT_FOUND') && error.message.includes('HF_TOKEN'));
});

test('server errors and cut connections are tried again, with longer and longer waits', async () => {
  let failures = 0;
  fault = (request, response) => {
    const store = request.url!.startsWith('/store/') && request.headers.range !== 'bytes=0-0';
    if (failures >= 3 || (!store && !request.url!.startsWith('/api/'))) return false;
    failures++;
    if (!store) return response.writeHead(503).end('busy'), true;
    response.writeHead(206, { 'content-length': 1000, 'content-range': 'bytes 0-999/1000' });
    response.write('only a part');
    setImmediate(() => response.destroy());
    return true;
  };
  waits.length = 0;
  const [found] = await findHubFiles('hf://datasets/me/wiki/data/en/part-0.jsonl', hub());
  const file = await found!.open();
  assert.deepEqual(Buffer.from(await file.read(0, small.length)), small);
  assert.deepEqual(waits, [500, 1000, 2000]);
});

test('a connection cut in mid-file is taken up where it broke', async () => {
  let cuts = 0;
  fault = (request, response) => {
    if (request.headers.range?.startsWith('bytes=4194304-') !== true || cuts > 0) return false;
    cuts++;
    response.writeHead(206, { 'content-length': 4194304, 'content-range': `bytes 4194304-8388607/${big.length}` });
    response.write(big.subarray(4194304, 5_000_000), () => response.destroy());
    return true;
  };
  const [found] = await findHubFiles('hf://datasets/me/wiki/data/en/part-1.jsonl', hub());
  const file = await found!.open();
  assert.deepEqual(Buffer.from(await file.read(0, big.length)), big);
  assert.equal(cuts, 1);
  assert.equal(requests.filter((request) => request.includes('bytes=0-4194303')).length, 1, 'what was read is not read again');
});

test('after the last attempt the network has failed, and the file is named', async () => {
  const [found] = await findHubFiles('hf://datasets/me/wiki/data/en/part-0.jsonl', hub());
  const file = await found!.open();
  fault = (_, response) => (response.writeHead(500).end(), true);
  await assert.rejects(file.read(0, 10), (error: Error) => {
    assert.ok(isPretrainZeroError(error, 'NETWORK_FAILED'));
    assert.match(error.message, /part-0\.jsonl/);
    return true;
  });
  fault = () => false;
  assert.deepEqual(Buffer.from(await file.read(0, 10)), small.subarray(0, 10), 'a later read begins anew');
});

test('a store that ignores ranges is not taken for the bytes asked for', async () => {
  const [found] = await findHubFiles('hf://datasets/me/wiki/data/en/part-1.jsonl', { ...hub(), attempts: 1 });
  const file = await found!.open();
  fault = (request, response) => {
    if (request.headers.range === undefined || request.headers.range === 'bytes=0-0') return false;
    response.writeHead(200, { 'content-length': big.length }).end(big);
    return true;
  };
  await assert.rejects(file.read(5_000_000, 5_000_010), (error: Error) => isPretrainZeroError(error, 'NETWORK_FAILED'));
});

test('paragraphs come from the hub as from disk', async () => {
  const source = createParagraphSource({
    config: { path: 'hf://datasets/me/wiki/data/*/part-0.jsonl', format: 'auto', minTokens: 5, maxTokens: 500, maxPageBytes: 1 << 16, nearDuplicateThreshold: 1, shuffleWindow: 8, repeat: false, exclude: null },
    seed: 3,
    tokenizer: createStubTokenizer(),
    excludeTexts: [],
    resolveSample: () => '',
    hub: hub(),
  });
  const reader = await source.open();
  const seen: string[] = [];
  for (let item = await reader.next(); item.done !== true; item = await reader.next()) {
    assert.ok(item.value.kind === 'paragraph');
    seen.push(`${item.value.paragraph.file} ${item.value.paragraph.title}`);
  }
  assert.equal(new Set(seen).size, 50, 'the second file holds copies of the first, which are left out');
  assert.ok(seen.every((name) => name.startsWith('hf://datasets/me/wiki/data/en/part-0.jsonl T')));
});
