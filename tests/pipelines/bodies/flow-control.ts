import assert from 'node:assert/strict';
import type { RunInstruments } from '../../../pipelines/run-in-memory.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';
import type { Transport } from '../transport.ts';

/** Answers that leave every paragraph whose ordinal is divisible by three without a kept group. */
const barrenThirds = () => createStubEngine({ respond: ({ prompt }) => (Number(/Page (\d+)/.exec(prompt)?.[1]) % 3 === 0 ? ' nothing' : undefined) });

const names = ['paragraphs', 'mask-groups', 'prediction-groups', 'scored-groups'];

export function flowControl({ test, inMemory, stubRun }: Transport): void {
  for (const maxStaleness of [0, 1, 3]) {
    inMemory('edges between processes cannot be looked into; most-in-flight.ts counts on the topics', `with maxStaleness ${maxStaleness} no more paragraphs are in flight, or on an edge, or read, than there are credits`, async () => {
      let run: RunInstruments | undefined;
      let most = 0;
      const engine = createStubEngine({ before: () => void (most = Math.max(most, run?.credits.inFlight() ?? 0)) });
      const source = createStubParagraphSource();
      const config = stubConfig({ grpo: { maxStaleness, refillParagraphs: 2 } });
      const { store } = await stubRun(config, { engine, parts: { source }, runner: { onStart: (given) => (run = given) } });
      assert.equal(most, 3 * (1 + maxStaleness));
      const admitted = store.commits.reduce((sum, commit) => sum + commit.paragraphs.length, 0);
      assert.ok(source.itemsRead() <= admitted + 3, 'one step is read ahead at most');
      assert.equal(run!.credits.inFlight(), 0);
      const edges = run!.edges().filter((edge) => edge.name !== 'policy-versions');
      assert.deepEqual(edges.map((edge) => [edge.name, edge.published, edge.acknowledged]), names.map((name) => [name, admitted, admitted]));
      assert.ok(edges.every((edge) => edge.name === 'scored-groups' || edge.peakWaiting <= 3 * (1 + maxStaleness)));
    });

    test(`with maxStaleness ${maxStaleness} step k is sampled by version max(0, k - 1 - maxStaleness)`, async () => {
      const { store } = await stubRun(stubConfig({ grpo: { maxStaleness } }));
      for (const { step, paragraphs } of store.commits) {
        const versions = new Set(paragraphs.flatMap((p) => [...p.maskRollouts, ...p.predictions].map((rollout) => rollout.policyVersion)));
        assert.deepEqual([...versions], [Math.max(0, step - 1 - maxStaleness)]);
      }
    });

    test(`with maxStaleness ${maxStaleness} a slow engine and a slow corpus give the same commits as quick ones`, async () => {
      const config = stubConfig({ grpo: { maxStaleness, refillParagraphs: 2 } });
      const quick = await stubRun(config, { parts: { source: createStubParagraphSource({ letterEvery: 5 }) } });
      const pause = (turns: number) => async () => {
        for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
      };
      const slowEngine = await stubRun(config, { engine: createStubEngine({ before: pause(20) }), parts: { source: createStubParagraphSource({ letterEvery: 5 }) } });
      const slowCorpus = await stubRun(config, { parts: { source: createStubParagraphSource({ letterEvery: 5, before: pause(7) }) } });
      assert.deepEqual(slowEngine.store.commits, quick.store.commits);
      assert.deepEqual(slowCorpus.store.commits, quick.store.commits);
    });
  }

  inMemory('between processes it is a matter of pace how much is scored already', 'a commit holds what is scored for later steps, and where the corpus stands after them', async () => {
    const { store } = await stubRun(stubConfig({ grpo: { maxStaleness: 2 } }));
    assert.deepEqual(
      store.commits.map((commit) => [...new Set(commit.pending.map((message) => message.paragraph.step))]),
      [[2, 3], [3, 4], [4, 5], [5, 6], [6], []],
    );
    assert.deepEqual(store.commits[0]!.corpusPosition, { at: { next: 9, letterGiven: false }, skip: 0 });
  });

  test('a paragraph without a kept group is refilled, as often as the config allows', async () => {
    const refilled = async (refillParagraphs: number) => {
      const { store } = await stubRun(stubConfig({ run: { steps: 3 }, grpo: { refillParagraphs } }), { engine: barrenThirds() });
      return store.commits.map((commit) =>
        commit.paragraphs.map(({ paragraph: p }) => `${p.ordinal}:${p.slot}/${p.cohortFirstSlot}+${p.cohortSize}`).join(' '),
      );
    };
    assert.deepEqual(await refilled(0), ['0:0/0+3 1:1/0+3 2:2/0+3', '3:0/0+3 4:1/0+3 5:2/0+3', '6:0/0+3 7:1/0+3 8:2/0+3']);
    const twice = await refilled(2);
    assert.equal(twice[0], '0:0/0+3 1:1/0+3 2:2/0+3 3:3/3+1 4:4/4+1', 'the refill 3 is barren too, and is refilled by 4');
  });

  test('the last whole step of a corpus that ends has a checkpoint and ends the run cleanly', async () => {
    const config = stubConfig({ run: { checkpointEvery: 100 } });
    const { outcome, store } = await stubRun(config, { parts: { source: createStubParagraphSource({ count: 11 }) } });
    assert.deepEqual({ kind: outcome.kind, step: outcome.step }, { kind: 'corpus-exhausted', step: 3 });
    assert.deepEqual(store.commits.map((commit) => commit.checkpoint), [false, false, true]);
  });

  test('a corpus that ends serves refills with what is left', async () => {
    const config = stubConfig({ grpo: { refillParagraphs: 3, maxStaleness: 1 } });
    const { outcome, store } = await stubRun(config, { engine: barrenThirds(), parts: { source: createStubParagraphSource({ count: 8 }) } });
    assert.equal(outcome.kind, 'corpus-exhausted');
    const admitted = store.commits.flatMap((commit) => commit.paragraphs.map((message) => message.paragraph.ordinal));
    assert.deepEqual(admitted.toSorted((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('a corpus with less than one step is an error that says so', async () => {
    const run = stubRun(stubConfig(), { parts: { source: createStubParagraphSource({ count: 2 }) } });
    await assert.rejects(run, { code: 'CORPUS_EXHAUSTED', message: /fewer than the 3 paragraphs/ });
  });
}
