import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { folderWeights } from '../../../infra/policy-weights/folder-weights.ts';
import type { PolicyWeights, StoredWeights } from '../../../operators/ports/policy-weights.ts';
import { createVersionedEngine } from '../../../pipelines/distributed/versioned-engine.ts';
import type { PolicyAnnouncement } from '../../../schemas/records/control-messages.ts';
import { isError } from '../../is-error.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';
import { newDirectory } from '../stub-run.ts';

const request = { groups: [{ promptTokens: createStubTokenizer().encode('The Loire is long.'), seeds: [1, 2] }], maxNewTokens: 32, temperature: 1, stopTokens: [0] };
const ignore = (): void => undefined;

function announcement(version: number, weights: StoredWeights | null): PolicyAnnouncement {
  return { kind: 'update', version, step: version, startStep: 0, startPosition: null, weights, config: '' };
}

/** Weights of versions 0 and 1 of a model in training, and what it answers by each. */
async function setUp() {
  const weights = folderWeights(nodeFileSystem, join(newDirectory(), 'weights'));
  const trained = createStubEngine();
  const save = (directory: string) => trained.save(directory, { optimizer: false });
  const base = announcement(0, await weights.put('epoch-1/version-0', save));
  const ofBase = await trained.generate(request);
  await trained.step({ learningRate: 1, gradientClip: 1 });
  const updated = announcement(1, await weights.put('epoch-1/version-1', save));
  const ofUpdated = await trained.generate(request);
  const opened: ReturnType<typeof createStubEngine>[] = [];
  let folders = 0;
  const watched: PolicyWeights = {
    ...weights,
    async open(stored) {
      const { directory } = await weights.open(stored);
      folders += 1;
      return { directory, close: () => Promise.resolve(void (folders -= 1)) };
    },
  };
  const engine = createVersionedEngine(() => {
    const own = createStubEngine();
    opened.push(own);
    return Promise.resolve(own);
  }, watched);
  return { base, updated, ofBase, ofUpdated, engine, opened, weights, openFolders: () => folders };
}

test('each version is sampled by its own weights, whichever was sampled before, and by one engine that is opened once it is needed', async () => {
  const { base, updated, ofBase, ofUpdated, engine, opened, openFolders } = await setUp();
  const [before, after] = [engine.at(base, ignore), engine.at(updated, ignore)];
  assert.equal(opened.length, 0);
  assert.deepEqual(await Promise.all([after.generate(request), before.generate(request), before.generate(request), after.generate(request)]), [ofUpdated, ofBase, ofBase, ofUpdated]);
  assert.equal(opened.length, 1);
  assert.equal(opened[0]!.calls.load, 3, 'once a change of version');
  assert.equal(openFolders(), 0);
  assert.deepEqual([before.version(), after.version()], [0, 1]);
});

test('entropies are those of the version that is asked', async () => {
  const { base, updated, engine } = await setUp();
  const texts = [{ promptTokens: [5], tokens: [6, 7, 8] }];
  const ofBase = await createStubEngine().entropies(texts);
  assert.notDeepEqual(await engine.at(updated, ignore).entropies(texts), ofBase);
  assert.deepEqual(await engine.at(base, ignore).entropies(texts), ofBase);
});

test('progress counts the rollouts and tokens of the call', async () => {
  const { base, engine } = await setUp();
  const told: number[][] = [];
  const { samples } = await engine.at(base, (...progress) => told.push(progress)).generate(request);
  assert.deepEqual(told.at(-1), [2, 2, samples.flat().reduce((sum, { tokens }) => sum + tokens.length, 0)]);
});

test('weights of another version than announced are refused, and those of the next are taken all the same', async () => {
  const { base, updated, ofUpdated, engine } = await setUp();
  await assert.rejects(engine.at(announcement(7, base.weights), ignore).generate(request), isError('ENGINE_FAILED', /version-0 are of version 0; announced was 7/));
  await assert.rejects(engine.at(announcement(7, null), ignore).generate(request), isError('WEIGHTS_UNAVAILABLE', /without weights/));
  assert.deepEqual(await engine.at(updated, ignore).generate(request), ofUpdated);
});

test('weights that are gone are said to be, and it does no more than sample', async () => {
  const { base, engine, weights } = await setUp();
  await weights.clear();
  await assert.rejects(engine.at(base, ignore).generate(request), isError('WEIGHTS_UNAVAILABLE', /not there/));
  await assert.rejects(engine.at(base, ignore).step({ learningRate: 1, gradientClip: 1 }), isError('USAGE', /may not train/));
  assert.throws(() => engine.at(base, ignore).info, isError('USAGE', /does not know its engine/));
});

test('an engine that was opened is closed after the call under way; one that was not is not opened for it', async () => {
  const unused = await setUp();
  await unused.engine.close();
  assert.equal(unused.opened.length, 0);
  const used = await setUp();
  const sampling = used.engine.at(used.base, ignore).generate(request);
  await used.engine.close();
  assert.deepEqual(await sampling, used.ofBase);
});
