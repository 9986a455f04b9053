import assert from 'node:assert/strict';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { readModelConfig } from '../../../infra/engine/model-files/model-config.ts';
import { readModelWeights } from '../../../infra/engine/model-files/read-model-weights.ts';
import { writeSafetensors } from '../../../infra/engine/model-files/write-safetensors.ts';
import { downloadModel, type ModelCache } from '../../../infra/hub/download-model.ts';
import type { HubOptions } from '../../../infra/hub/hub-options.ts';
import { loadTokenizer } from '../../../infra/tokenizer/load-tokenizer.ts';
import { resolveModel } from '../../../pipelines/resolve-model.ts';
import type { ErrorCode } from '../../../schemas/error-codes.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { isPretrainZeroError } from '../../is-error.ts';
import { gitDigest, openLocalHub, sha256, type HubRepository, type LocalHub } from './local-hub.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const golden = fixturePath('golden', 'mistral');
const address = 'hf://me/tiny';

let scratch: string;
let cache: ModelCache;
let files: Map<string, Buffer>;
let hub: LocalHub;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hub-'));
  cache = { directory: join(scratch, 'cache'), offline: false };
  files = new Map([
    ['config.json', await readFile(join(golden, 'config.json'))],
    ['README.md', Buffer.from('# A tiny model')],
    ['model.safetensors', await readFile(join(golden, 'model.safetensors'))],
    ['pytorch_model.bin', Buffer.from('the same in another format')],
    ['tokenizer.json', await readFile(fixturePath('tokenizers', 'smollm-like', 'tokenizer.json'))],
    ['tokenizer_config.json', await readFile(fixturePath('tokenizers', 'smollm-like', 'tokenizer_config.json'))],
  ]);
  const repository: HubRepository = { name: 'me/tiny', commit, revisions: ['main', 'v1', 'refs/pr/7'], files };
  hub = await openLocalHub(repository);
});
afterEach(async () => {
  hub.close();
  await rm(scratch, { recursive: true });
});

const options = (): HubOptions => ({ url: hub.url, sleep: () => Promise.resolve() });
const download = (from = address, changes: Partial<HubOptions> = {}): Promise<string> => downloadModel(from, cache, { ...options(), ...changes });
const contents = (): string[] => hub.requests.filter((request) => request.startsWith('/store/') && !request.endsWith('bytes=0-0'));
const failsWith = (code: ErrorCode, ...words: readonly RegExp[]) => (error: Error): boolean => {
  assert.ok(isPretrainZeroError(error, code), String(error));
  for (const each of words) assert.match(error.message, each);
  return true;
};

describe('a model on the hub', () => {
  test('comes into the cache with the files that a run needs, and loads from there', async () => {
    const folder = await download();
    const config = await readModelConfig(folder);
    assert.deepEqual(await readModelWeights(folder, config), await readModelWeights(golden, config));
    assert.ok((await loadTokenizer(folder)).encode('A lighthouse').length > 0);
    assert.deepEqual((await readdir(folder)).sort(), ['config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json']);
  });

  test('lies in the layout that all tools of Hugging Face share', async () => {
    const folder = await download();
    const repository = join(cache.directory, 'models--me--tiny');
    assert.equal(folder, join(repository, 'snapshots', commit));
    assert.equal(await readFile(join(repository, 'refs', 'main'), 'utf8'), commit);
    assert.equal(await readlink(join(folder, 'model.safetensors')), join('..', '..', 'blobs', sha256(files.get('model.safetensors')!)));
    assert.equal(await readlink(join(folder, 'config.json')), join('..', '..', 'blobs', gitDigest(files.get('config.json')!)));
    assert.ok((await readdir(join(repository, 'blobs'))).every((name) => !name.endsWith('.incomplete')));
  });

  test('is fetched once', async () => {
    const folder = await download();
    hub.requests.length = 0;
    assert.equal(await download(), folder);
    assert.deepEqual(contents(), []);
  });

  test('may be named at a tag, a branch with a slash, or a commit', async () => {
    const folder = await download('hf://me/tiny@v1');
    assert.equal(await download('hf://me/tiny@refs%2Fpr%2F7'), folder);
    hub.requests.length = 0;
    assert.equal(await download(`hf://me/tiny@${commit}`), folder);
    assert.ok(hub.requests.every((request) => !request.includes('/revision/')), 'a commit needs no asking');
    assert.equal(await readFile(join(cache.directory, 'models--me--tiny', 'refs', 'refs', 'pr', '7'), 'utf8'), commit);
  });

  test('may be in shards, of which those that the index names are fetched', async () => {
    const config = await readModelConfig(golden);
    const weights = [...(await readModelWeights(golden, config))];
    const map: Record<string, string> = {};
    for (const [part, some] of [weights.slice(0, 5), weights.slice(5)].entries()) {
      const shard = `model-0000${part + 1}-of-00002.safetensors`;
      const path = join(scratch, shard);
      await writeSafetensors(path, new Map(some));
      files.set(shard, await readFile(path));
      for (const [name] of some) map[name] = shard;
    }
    files.delete('model.safetensors');
    files.set('consolidated.safetensors', Buffer.from('another layout of the same'));
    files.set('model.safetensors.index.json', Buffer.from(JSON.stringify({ weight_map: map })));
    const folder = await download();
    assert.deepEqual(await readModelWeights(folder, config), new Map(weights));
    assert.ok(contents().every((request) => !request.includes('consolidated')));
    files.delete('model-00002-of-00002.safetensors');
    await rm(cache.directory, { recursive: true });
    await assert.rejects(download(), failsWith('MODEL_INVALID', /model-00002-of-00002/u, /hf:\/\/me\/tiny/u));
  });

  test('is asked for with the access token', async () => {
    await download(address, { accessToken: 'hf_secret' });
    assert.ok(hub.authorizations.length > 0 && hub.authorizations.every((value) => value === 'Bearer hf_secret'));
  });
});

describe('a download', () => {
  test('goes on from where it was cut', async () => {
    const content = files.get('model.safetensors')!;
    const blobs = join(cache.directory, 'models--me--tiny', 'blobs');
    await mkdir(blobs, { recursive: true });
    await writeFile(join(blobs, `${sha256(content)}.incomplete`), content.subarray(0, 1000));
    const folder = await download();
    assert.deepEqual(await readFile(join(folder, 'model.safetensors')), content);
    assert.deepEqual(contents().filter((request) => request.includes('model.safetensors')), [`/store/model.safetensors bytes=1000-${content.length - 1}`]);
  });

  test('that does not have the digest that the hub gives is thrown away', async () => {
    const content = files.get('model.safetensors')!;
    const blobs = join(cache.directory, 'models--me--tiny', 'blobs');
    await mkdir(blobs, { recursive: true });
    await writeFile(join(blobs, `${sha256(content)}.incomplete`), Buffer.alloc(1000));
    await assert.rejects(download(), failsWith('NETWORK_FAILED', /digest/u, /hf:\/\/me\/tiny\/model\.safetensors/u));
    assert.deepEqual(await readFile(join(await download(), 'model.safetensors')), content);
  });

  test('is tried again after server errors and cut connections', async () => {
    let failures = 0;
    hub.fault = ({ url, headers }, response) => {
      if (failures >= 4 || headers.range === 'bytes=0-0' || url!.includes('tree')) return false;
      failures++;
      if (!url!.startsWith('/store/')) return response.writeHead(503).end('busy'), true;
      response.writeHead(200, { 'content-length': 1000 }).write('only a part', () => response.destroy());
      return true;
    };
    assert.deepEqual(await readFile(join(await download(), 'config.json')), files.get('config.json'));
    assert.equal(failures, 4);
  });

  test('that fails for good names the file, and what came before is kept', async () => {
    hub.fault = ({ url }, response) => url!.includes('model.safetensors') && (response.writeHead(500).end(), true);
    await assert.rejects(download(), failsWith('NETWORK_FAILED', /hf:\/\/me\/tiny\/model\.safetensors/u));
    hub.fault = () => false;
    hub.requests.length = 0;
    await download();
    assert.equal(contents().length, 1);
  });

  test('twice at once gives one whole model', async () => {
    const [a, b] = await Promise.all([download(), download()]);
    assert.equal(a, b);
    assert.deepEqual(await readFile(join(a, 'model.safetensors')), files.get('model.safetensors'));
    assert.ok((await lstat(join(a, 'model.safetensors'))).isSymbolicLink());
  });

  test('into a place that cannot be written says so', async () => {
    await writeFile(cache.directory, 'a file');
    await assert.rejects(download(), failsWith('NOT_WRITABLE'));
  });
});

describe('refused is', () => {
  test('a model that the engine cannot load, before its weights are fetched', async () => {
    const json = JSON.parse(files.get('config.json')!.toString()) as object;
    files.set('config.json', Buffer.from(JSON.stringify({ ...json, mlp_bias: true })));
    await assert.rejects(download(), failsWith('MODEL_UNSUPPORTED', /mlp_bias/u));
    assert.ok(contents().every((request) => !request.includes('safetensors')));
  });

  for (const name of ['config.json', 'tokenizer.json', 'model.safetensors']) {
    test(`a model without ${name}`, async () => {
      files.delete(name);
      await assert.rejects(download(), failsWith('MODEL_INVALID', new RegExp(name.replace('.', '\\.'), 'u'), /hf:\/\/me\/tiny/u));
    });
  }

  test('a model or a revision that is not there', async () => {
    await assert.rejects(download('hf://me/other'), failsWith('MODEL_INVALID', /hf:\/\/me\/other/u));
    await assert.rejects(download('hf://me/tiny@v2'), failsWith('MODEL_INVALID', /hf:\/\/me\/tiny@v2/u));
  });

  test('a model that is gated, with the name of the variable', async () => {
    hub.fault = (_, response) => (response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":"gated"}'), true);
    await assert.rejects(download(), failsWith('MODEL_INVALID', /HF_TOKEN/u));
  });

  for (const malformed of ['hf://tiny', 'hf://me/tiny/config.json', 'hf://datasets/me/tiny', 'hf://me/..', 'hf://me/tiny@', 'hf://me/tiny@..%2F..%2Fx', 'hf://me/tiny@%']) {
    test(`the address ${malformed}`, async () => {
      await assert.rejects(download(malformed), failsWith('MODEL_INVALID', /hf:\/\/owner\/name\[@revision\]/u));
      assert.deepEqual(hub.requests, []);
    });
  }
});

describe('offline', () => {
  test('a model comes from the cache, and nothing is asked', async () => {
    const folder = await download();
    hub.requests.length = 0;
    for (const from of [address, `${address}@${commit}`]) assert.equal(await downloadModel(from, { ...cache, offline: true }, options()), folder);
    assert.deepEqual(hub.requests, []);
  });

  test('a model that is not in the cache is refused', async () => {
    for (const from of [address, `${address}@${commit}`]) {
      await assert.rejects(downloadModel(from, { ...cache, offline: true }, options()), failsWith('NETWORK_FAILED', /HF_HUB_OFFLINE/u, /hf:\/\/me\/tiny/u));
    }
  });
});

test('the usual variables say where the cache is and how the hub is reached', async (t) => {
  const names = ['HF_HUB_CACHE', 'HF_ENDPOINT', 'HF_TOKEN', 'HF_HUB_OFFLINE'];
  const before = names.map((name) => process.env[name]);
  t.after(() => names.forEach((name, i) => (before[i] === undefined ? Reflect.deleteProperty(process.env, name) : (process.env[name] = before[i]))));
  Object.assign(process.env, { HF_HUB_CACHE: cache.directory, HF_ENDPOINT: `${hub.url}/`, HF_TOKEN: 'hf_secret', HF_HUB_OFFLINE: '0' });
  const folder = await resolveModel(address);
  assert.equal(folder, join(cache.directory, 'models--me--tiny', 'snapshots', commit));
  assert.ok(hub.authorizations.includes('Bearer hf_secret'));
  hub.requests.length = 0;
  process.env.HF_HUB_OFFLINE = '1';
  assert.equal(await resolveModel(address), folder);
  assert.deepEqual(hub.requests, []);
  assert.equal(await resolveModel('models/mine'), 'models/mine');
});
