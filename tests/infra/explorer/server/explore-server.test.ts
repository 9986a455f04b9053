import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync, mkdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { namedFolders } from '../../../../infra/explorer/named-folders.ts';
import { pageAssets } from '../../../../infra/explorer/page-assets.ts';
import { startExploreServer, type ExploreServer } from '../../../../infra/explorer/server/explore-server.ts';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import { isPretrainZeroError } from '../../../is-error.ts';
import { benchmarkAnswerOf, smallEvaluation } from '../small-evaluation.ts';
import { newFolder, smallRun } from '../small-run.ts';

const parent = newFolder();
const directory = join(parent, 'a run');
let server: ExploreServer;

before(async () => {
  const run = await smallRun(parent, 'a run');
  await run.commit();
  await run.commit((commit) => ({ ...commit, checkpoint: true }));
  writeFileSync(join(directory, 'checkpoints', 'step-000002', 'model.safetensors'), 'weights');
  writeFileSync(join(parent, 'labels.jsonl'), 'labels');
  await smallEvaluation(parent, 'answered', [benchmarkAnswerOf({})]);
  server = await startExploreServer({ ...(await namedFolders(nodeFileSystem, parent, ['a run', 'answered'])), labels: new Map([['a run', join(parent, 'labels.jsonl')]]), port: 0, assets: pageAssets() });
});
after(async () => {
  await server.close();
  rmSync(parent, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`${server.url}${path}`, { headers });
const part = 'samples/groups/step=000001.parquet';
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** As written, without an address being tidied up first. */
function raw(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

test('the page comes with a policy that lets nothing in from elsewhere and no text become markup', async () => {
  const response = await get('');
  assert.match(await response.text(), /<div id="page">/);
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'", "frame-ancestors 'none'"]) assert.ok(policy.includes(rule), rule);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(response.headers.get('access-control-allow-origin'), null);
  for (const asset of ['page.js', 'worker.js', 'page.css', 'licences.txt']) assert.equal((await get(asset)).status, 200, asset);
});

test('a part comes whole, or the range that is asked for', async () => {
  const content = readFileSync(join(directory, part));
  assert.deepEqual(await (await get('runs.json')).json(), [{ name: 'a run', labelBytes: 6 }]);
  const whole = await get(`runs/a%20run/files/${part}`);
  assert.equal(whole.status, 200);
  assert.deepEqual(await bytesOf(whole), content);
  const range = await get(`runs/a%20run/files/${part}`, { range: 'bytes=4-99' });
  assert.equal(range.status, 206);
  assert.equal(range.headers.get('content-range'), `bytes 4-99/${content.length}`);
  assert.deepEqual(await bytesOf(range), content.subarray(4, 100));
  assert.equal((await get(`runs/a%20run/files/${part}`, { range: `bytes=${content.length}-` })).status, 416);
});

test('of the manifest, the line of one step', async () => {
  const lines = readFileSync(join(directory, 'manifest.jsonl'), 'utf8').split(/(?<=\n)/);
  for (const [i, line] of lines.entries()) assert.equal(await (await get(`runs/a%20run/steps/${i + 1}`)).text(), line);
  for (const step of [0, lines.length + 1, 999]) assert.deepEqual([(await get(`runs/a%20run/steps/${step}`)).status, await (await get(`runs/a%20run/steps/${step}`)).text()], [200, '']);
  for (const path of ['runs/a%20run/steps/x', 'runs/a%20run/steps/-1', 'runs/another/steps/1']) assert.equal((await get(path)).status, 404);
});

test('the labels of a run come from where they are, and of no other run', async () => {
  assert.equal(await (await get('runs/a%20run/labels')).text(), 'labels');
  assert.equal((await get('runs/another/labels')).status, 404);
});

test('of a file that grows, what comes after is given, and nothing where nothing came', async () => {
  const manifest = readFileSync(join(directory, 'manifest.jsonl'));
  const rest = await get('runs/a%20run/files/manifest.jsonl?from=10');
  assert.equal(rest.headers.get('x-file-bytes'), String(manifest.length));
  assert.deepEqual(await bytesOf(rest), manifest.subarray(10));
  const nothing = await get(`runs/a%20run/files/manifest.jsonl?from=${manifest.length + 5}`);
  assert.equal(nothing.status, 200);
  assert.equal((await bytesOf(nothing)).length, 0);
  const notBegun = await get('runs/a%20run/files/metrics/timings.jsonl?from=0');
  assert.deepEqual([notBegun.status, notBegun.headers.get('x-file-bytes'), await notBegun.text()], [200, '0', '']);
});

test('parts of a table come one after the other, all or none', async () => {
  const both = await get('runs/a%20run/parts/metrics/steps?steps=2,1');
  const expected = ['step=000002', 'step=000001'].map((name) => readFileSync(join(directory, 'metrics', 'steps', `${name}.parquet`)));
  assert.deepEqual(await bytesOf(both), Buffer.concat(expected));
  for (const query of ['steps=1,3', 'steps=', 'steps=x', `steps=${Array.from({ length: 600 }, () => 1).join(',')}`, '']) assert.equal((await get(`runs/a%20run/parts/metrics/steps?${query}`)).status, 404, query);
  assert.equal((await get('runs/a%20run/parts/checkpoints?steps=1')).status, 404);
});

test('nothing but the log is open: not weights, not other files, not what lies outside, by whatever path', async () => {
  writeFileSync(join(parent, 'secret.parquet'), 'secret');
  mkdirSync(join(directory, 'dead-letters'));
  symlinkSync(join(parent, 'secret.parquet'), join(directory, 'dead-letters', 'step=000009.parquet'));
  const paths = ['checkpoints/step-000002/model.safetensors', 'run.lock', '../secret.parquet', 'samples/groups/../../../secret.parquet', 'dead-letters/step=000009.parquet', 'samples/groups', '/etc/passwd', '%2e%2e/secret.parquet', '..%2fsecret.parquet', 'samples/groups/step=000001.parquet%00'];
  for (const path of paths) {
    const { status, body } = await raw(`/runs/a%20run/files/${path}`, { host: `127.0.0.1:${server.port}` });
    assert.equal(status, 404, path);
    assert.equal((await raw(`/runs/a%20run/files/${path}?from=0`, { host: `127.0.0.1:${server.port}` })).body.includes('secret'), false);
    assert.doesNotMatch(body, /secret|weights|root:/);
  }
  for (const path of ['/../package.json', '/..%2fpackage.json', '/%', '/runs/other/files/manifest.jsonl', '/__proto__', '/constructor']) assert.equal((await raw(path, { host: `127.0.0.1:${server.port}` })).status, 404, path);
  assert.equal((await get('runs/a%20run/files/checkpoints/step-000002/tokenizer.json')).status, 200);
});

test('of an evaluation, its files come whole or by range, and nothing else', async () => {
  assert.deepEqual(await (await get('evaluations.json')).json(), ['answered']);
  const files = (await (await get('evaluations/answered/files.json')).json()) as { path: string; bytes: number }[];
  assert.deepEqual(files.map(({ path }) => path), ['evaluation.json', 'summary.json', 'answers/part-000000.parquet']);
  for (const { path, bytes } of files) {
    const content = readFileSync(join(parent, 'answered', path));
    assert.deepEqual([content.length, await bytesOf(await get(`evaluations/answered/files/${path}`))], [bytes, content]);
    const range = await get(`evaluations/answered/files/${path}`, { range: 'bytes=3-9' });
    assert.deepEqual([range.status, await bytesOf(range)], [206, content.subarray(3, 10)]);
  }
  writeFileSync(join(parent, 'answered', 'secret.txt'), 'secret');
  symlinkSync(join(parent, 'answered', 'secret.txt'), join(parent, 'answered', 'answers', 'notes.txt'));
  symlinkSync(join(parent, 'labels.jsonl'), join(parent, 'answered', 'answers', 'part-000009.parquet'));
  for (const path of ['secret.txt', 'answers/notes.txt', 'answers/part-000009.parquet', 'answers/../secret.txt', 'answers/..%2f..%2flabels.jsonl', 'manifest.jsonl', 'answers']) {
    assert.equal((await raw(`/evaluations/answered/files/${path}`, { host: `127.0.0.1:${server.port}` })).status, 404, path);
  }
  for (const path of ['evaluations/another/files.json', 'evaluations/answered', 'runs/answered/files/evaluation.json', 'evaluations/a%20run/files/manifest.jsonl']) assert.equal((await get(path)).status, 404, path);
});

test('a page that points a name of its own here gets nothing', async () => {
  const { status, body } = await raw('/runs/a%20run/files/manifest.jsonl', { host: `rebound.example:${server.port}` });
  assert.equal(status, 403);
  assert.doesNotMatch(body, /step/);
});

test('other machines do not reach it', async (t) => {
  const outside = Object.values(networkInterfaces()).flat().find((address) => address !== undefined && !address.internal && address.family === 'IPv4');
  if (outside === undefined) return t.skip('this machine has no address but loopback');
  const refused = await new Promise<boolean>((resolve) => {
    const socket = connect(server.port, outside.address);
    socket.once('error', () => resolve(true)).once('connect', () => {
      socket.destroy();
      resolve(false);
    });
  });
  assert.ok(refused);
});

test('a port that is taken is said to be', async () => {
  const options = { runs: new Map([['run', directory]]), evaluations: new Map(), labels: new Map(), port: server.port, assets: pageAssets() };
  await assert.rejects(startExploreServer(options), (error) => isPretrainZeroError(error, 'USAGE') && String(error).includes(`port ${server.port}`));
});

test('runs and evaluations are called by their folders, told apart where two have one name, and must be there', async () => {
  const other = newFolder();
  await smallRun(other, 'a run');
  const { runs, evaluations } = await namedFolders(nodeFileSystem, parent, ['a run', 'a run', 'answered', join(other, 'a run')]);
  assert.deepEqual([...runs], [['a run', directory], ['a run (2)', join(other, 'a run')]]);
  assert.deepEqual([...evaluations], [['answered', join(parent, 'answered')]]);
  await assert.rejects(namedFolders(nodeFileSystem, parent, ['nowhere']), (error) => isPretrainZeroError(error, 'RUN_NOT_FOUND'));
  rmSync(other, { recursive: true });
});
