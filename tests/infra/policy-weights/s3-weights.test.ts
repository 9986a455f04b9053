import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { readFile } from '../../../infra/file-system/read-file.ts';
import { writeFile } from '../../../infra/file-system/write-file.ts';
import { createS3Client } from '../../../infra/policy-weights/s3/s3-client.ts';
import { s3Place, type Environment } from '../../../infra/policy-weights/s3/s3-place.ts';
import { s3Weights } from '../../../infra/policy-weights/s3-weights.ts';
import { isError } from '../../is-error.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';
import { openLocalS3, s3Environment, type LocalS3 } from './s3/local-s3.ts';

const bucket = 'weights.example';
let s3: LocalS3;
before(async () => {
  s3 = await openLocalS3(bucket);
});
beforeEach(() => {
  s3.objects.clear();
  s3.uploads.clear();
  s3.requests.length = 0;
  s3.fault = () => false;
});
after(() => s3.close());

const tensors = new Uint8Array(3000).map((_, i) => i % 251);

function setUp(changes: Environment = {}, sleep: (milliseconds: number) => Promise<void> = () => Promise.resolve()) {
  const place = s3Place(`s3://${bucket}/team/policies`, { ...s3Environment, AWS_ENDPOINT_URL: s3.url, ...changes });
  const fileSystem = createMemoryFileSystem();
  const weights = s3Weights(createS3Client(place, { fetch, sleep }), `${place.prefix}run-1/`, fileSystem, '/scratch');
  const save = async (directory: string): Promise<void> => {
    await writeFile(fileSystem, `${directory}/model.safetensors`, tensors);
    await writeFile(fileSystem, `${directory}/config.json`, '{}');
    await writeFile(fileSystem, `${directory}/empty.txt`, '');
  };
  return { fileSystem, weights, save };
}

test('weights are read where they were put, whole, and nothing of them is left on this machine', async () => {
  const { fileSystem, weights, save } = setUp();
  const stored = await weights.put('epoch-1/version-2', save);
  assert.deepEqual([...s3.objects.keys()].sort(), ['config.json', 'empty.txt', 'model.safetensors'].map((name) => `team/policies/run-1/epoch-1/version-2/${name}`));
  const [one, other] = [await weights.open(stored), await weights.open(stored)];
  await other.close();
  assert.deepEqual(await readFile(fileSystem, `${one.directory}/model.safetensors`), tensors);
  await one.close();
  assert.deepEqual(await fileSystem.list('/scratch'), []);
});

test('a copy goes into the folder that is named', async () => {
  const { fileSystem, weights, save } = setUp();
  const stored = await weights.put('epoch-1/checkpoint-2', save);
  await fileSystem.makeDirectory('/run/staged');
  await weights.copy(stored, '/run/staged');
  assert.deepEqual(await readFile(fileSystem, '/run/staged/model.safetensors'), tensors);
});

test('what is removed is not there; others of the run are until all is cleared, and those of another run for ever', async () => {
  const { weights, save } = setUp();
  const [first, second] = [await weights.put('epoch-1/version-1', save), await weights.put('epoch-1/version-10', save)];
  s3.objects.set('team/policies/run-10/epoch-1/version-1/config.json', Buffer.from('{}'));
  await weights.remove(first.address);
  await assert.rejects(weights.open(first), isError('WEIGHTS_UNAVAILABLE', /version-1 are not there/));
  await (await weights.open(second)).close();
  await weights.clear();
  assert.deepEqual([...s3.objects.keys()], ['team/policies/run-10/epoch-1/version-1/config.json']);
});

test('a put replaces what was there, files that are no more among it', async () => {
  const { weights, save } = setUp();
  await weights.put('epoch-1/version-1', save);
  s3.objects.set('team/policies/run-1/epoch-1/version-1/left-over', Buffer.from('x'));
  await (await weights.open(await weights.put('epoch-1/version-1', save))).close();
});

test('large files go in parts, and an upload that fails leaves nothing', async () => {
  const { fileSystem, weights } = setUp();
  const large = new Uint8Array((64 << 20) + 5).fill(7);
  const save = (directory: string): Promise<void> => writeFile(fileSystem, `${directory}/model.safetensors`, large);
  const stored = await weights.put('epoch-1/version-1', save);
  assert.equal(s3.requests.filter((request) => request.startsWith('PUT')).length, 3);
  await (await weights.open(stored)).close();
  s3.objects.clear();
  s3.fault = ({ url }, response) => url!.includes('partNumber=2') && Boolean(response.writeHead(400).end('<Error><Code>EntityTooSmall</Code></Error>'));
  await assert.rejects(weights.put('epoch-1/version-1', save), isError('WEIGHTS_UNAVAILABLE', /EntityTooSmall/));
  assert.deepEqual([s3.objects.size, s3.uploads.size, (await fileSystem.list('/scratch')).length], [0, 0, 0]);
});

test('an answer that breaks off is asked for again; an object that is too short is refused', async () => {
  const { fileSystem, weights, save } = setUp();
  const stored = await weights.put('epoch-1/version-1', save);
  let broken = 0;
  s3.fault = ({ method, url }, response) => {
    if (method !== 'GET' || !url!.endsWith('model.safetensors') || broken++ > 1) return false;
    response.writeHead(206, { 'content-length': String(tensors.length) }).write(tensors.subarray(0, 100), () => response.destroy());
    return true;
  };
  await (await weights.open(stored)).close();
  assert.equal(broken, 3);
  s3.fault = () => false;
  const key = 'team/policies/run-1/epoch-1/version-1/model.safetensors';
  s3.objects.set(key, s3.objects.get(key)!.subarray(0, 2999));
  await assert.rejects(weights.open(stored), isError('WEIGHTS_UNAVAILABLE', /announced was/));
  assert.deepEqual(await fileSystem.list('/scratch'), []);
});

test('a storage that is busy is asked again after a growing pause, and told of when it stays so', async () => {
  const pauses: number[] = [];
  const { weights, save } = setUp({}, (ms) => Promise.resolve(void pauses.push(ms)));
  let busy = 2;
  s3.fault = (_, response) => busy-- > 0 && Boolean(response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>'));
  await weights.put('epoch-1/version-1', save);
  assert.deepEqual(pauses, [500, 1000]);
  busy = Infinity;
  await assert.rejects(weights.put('epoch-1/version-1', save), isError('NETWORK_FAILED', /503 \(SlowDown\)/));
});

test('whoever is not who they say is refused at once, and no secret is in what is told', async () => {
  const wrong = 'not-the-secret-of-this-key';
  const pauses: number[] = [];
  const { weights, save } = setUp({ AWS_SECRET_ACCESS_KEY: wrong }, (ms) => Promise.resolve(void pauses.push(ms)));
  await assert.rejects(weights.put('epoch-1/version-1', save), (error) => {
    assert.ok(isError('WEIGHTS_UNAVAILABLE', /403 \(SignatureDoesNotMatch\); check the AWS_\* variables/)(error));
    assert.doesNotMatch(JSON.stringify(error, Object.getOwnPropertyNames(error)), /not-the-secret|Signature=|AKIDEXAMPLE/);
    return true;
  });
  assert.deepEqual(pauses, []);
});

test('a server that is not there is told of', async () => {
  const { weights } = setUp({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  await assert.rejects(weights.clear(), isError('NETWORK_FAILED', /s3:\/\/weights\.example/));
});
