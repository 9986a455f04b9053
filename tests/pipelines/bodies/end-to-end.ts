import assert from 'node:assert/strict';
import { isBalanced } from '../../../operators/flow/ledger.ts';
import type { StepCommit } from '../../../operators/ports/run-store.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubParagraphSource, stubText } from '../../stub-paragraph-source.ts';
import type { Transport } from '../transport.ts';

const pipelines: Config['pipeline'][] = ['pretrain-zero', 'random-span', 'continue-pretraining'];

export function endToEnd({ test, stubRun }: Transport): void {
  for (const pipeline of pipelines) {
    test(`${pipeline} commits every step once, in order, with the paragraphs in the order of the corpus`, async () => {
      const { outcome, store, engine } = await stubRun(stubConfig({ pipeline }), { engine: createStubEngine() });
      assert.deepEqual({ kind: outcome.kind, step: outcome.step }, { kind: 'completed', step: 6 });
      assert.deepEqual(store.commits.map((commit) => commit.step), [1, 2, 3, 4, 5, 6]);
      assert.deepEqual(ordinals(store.commits), Array.from({ length: 18 }, (_, i) => i));
      assert.deepEqual(store.commits.map((commit) => commit.checkpoint), [false, true, false, true, false, true]);
      assert.equal(engine.version(), store.commits.at(-1)!.report.policyVersion);
    });

    test(`the ledger of every step of ${pipeline} adds up to what the engine sampled`, async () => {
      const knows = Array.from({ length: 18 }, (_, ordinal) => stubText(ordinal));
      const { store, engine } = await stubRun(stubConfig({ pipeline }), { engine: createStubEngine({ knows }) });
      const lines = store.commits.flatMap((commit) => commit.report.ledger);
      assert.ok(lines.every(isBalanced));
      const sampled = engine.requests.generate.flatMap((request) => request.groups.flatMap((group) => group.seeds)).length;
      assert.equal(lines.reduce((sum, line) => sum + line.admitted, 0), sampled);
      if (pipeline !== 'continue-pretraining') assert.ok(lines.some((line) => line.trained > 0) && lines.some((line) => line.dropped.length > 0));
    });
  }

  test('both roles are trained in the same step, from one sampling of the weights before it', async () => {
    const { store, engine } = await stubRun(stubConfig());
    const [first] = engine.requests.accumulate;
    const ids = first!.groups.flatMap((group) => group.responses.map((response) => response.id));
    assert.ok(ids.some((id) => id.includes('/mask/')) && ids.some((id) => id.includes('/predict/')));
    for (const { step, paragraphs, report } of store.commits) {
      const versions = paragraphs.flatMap((p) => [...p.maskRollouts, ...p.predictions].map((rollout) => rollout.policyVersion));
      assert.ok(versions.every((version) => version === report.oldestPolicyVersion && version <= step - 1));
    }
  });

  test('continue-pretraining trains on every paragraph by cross-entropy and samples nothing', async () => {
    const { store, engine } = await stubRun(stubConfig({ pipeline: 'continue-pretraining' }));
    assert.equal(engine.calls.generate, 0);
    assert.ok(engine.requests.accumulate.every((request) => request.loss.kind === 'cross-entropy'));
    assert.equal(engine.requests.accumulate.flatMap((request) => request.groups).length, 18);
    assert.ok(store.commits.every((commit) => commit.report.responseTokens > 0));
  });

  test('a paragraph whose prompt is too long is a dead letter, and its step goes on without it', async () => {
    const text = (ordinal: number): string => (ordinal === 4 ? 'A long tale. '.repeat(200) : `Page ${ordinal} tells of the river Ost${ordinal}.`);
    const { store } = await stubRun(stubConfig(), { parts: { source: createStubParagraphSource({ text }) } });
    const letters = store.commits.flatMap((commit) => commit.deadLetters.map((letter) => ({ committed: commit.step, ...letter })));
    assert.deepEqual(letters.map(({ committed, code, step, recordId }) => ({ committed, code, step, recordId })), [
      { committed: 2, code: 'PROMPT_TOO_LONG', step: 2, recordId: '000002/01' },
    ]);
    assert.equal(store.commits.length, 6);
  });

  test("the corpus's dead letters are committed with the step that was being admitted", async () => {
    const { store } = await stubRun(stubConfig(), { parts: { source: createStubParagraphSource({ letterEvery: 4 }) } });
    const letters = store.commits.map((commit) => commit.deadLetters.map((letter) => `${letter.step}:${letter.pageId}`));
    assert.deepEqual(letters, [[], ['2:3'], ['3:7'], ['4:11'], [], ['6:15']]);
  });

  test('without a kept group there is no update: the version stays and the report says so', async () => {
    const engine = createStubEngine({ respond: () => ' nothing of use' });
    const { store } = await stubRun(stubConfig(), { engine });
    assert.equal(engine.calls.step, 0);
    for (const { report } of store.commits) {
      assert.deepEqual([report.loss, report.gradientNorm, report.policyVersion, report.responseTokens], [null, null, 0, 0]);
      assert.deepEqual(report.ledger[0]!.dropped, [{ reason: 'all-zero', count: 12 }]);
    }
  });

  test('the same config gives the same commits', async () => {
    const runs = await Promise.all([1, 2].map(() => stubRun(stubConfig({ grpo: { maxStaleness: 1, refillParagraphs: 2 } }))));
    assert.deepEqual(runs[0]!.store.commits, runs[1]!.store.commits);
  });
}

function ordinals(commits: readonly StepCommit[]): number[] {
  return commits.flatMap((commit) => commit.paragraphs.map((message) => message.paragraph.ordinal));
}
