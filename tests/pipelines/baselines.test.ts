/* What all pipelines that a config may name have in common, and what tells them apart. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBalanced } from '../../operators/flow/ledger.ts';
import type { StepCommit } from '../../operators/ports/run-store.ts';
import { isCut } from '../../operators/rollouts/question-prompt.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import { replay } from '../../pipelines/replay.ts';
import { topologyDifference } from '../../pipelines/topology-difference.ts';
import type { Config } from '../../schemas/config/config.ts';
import { samplesPredictions } from '../../schemas/config/samples-predictions.ts';
import { statelessAnswer } from '../stateless-answer.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubEngine } from '../stub-engine.ts';
import { loggedStubRun, stubParts } from './replay/logged-stub-run.ts';
import { stubRun } from './stub-run.ts';

const names = (Object.keys(namedTopologies) as Config['pipeline'][]).filter((name) => name !== 'post-training'); // it reads questions, and has a test of its own
const newEngine = () => createStubEngine({ respond: statelessAnswer });
const passagesOf = (commits: readonly StepCommit[]) => commits.flatMap(({ paragraphs }) => paragraphs.flatMap(({ passages }) => passages));

for (const pipeline of names) {
  describe(pipeline, () => {
    test('goes through all steps, learns, and accounts for every rollout', async () => {
      const { outcome, store, engine } = await stubRun(stubConfig({ pipeline }), { engine: newEngine() });
      assert.deepEqual([outcome.kind, outcome.step], ['completed', 6]);
      assert.ok(store.commits.every(({ report }) => report.ledger.every(isBalanced)));
      assert.equal(engine.version(), 6, 'every step has something to learn from');
      assert.equal(engine.calls.generate > 0, samplesPredictions(pipeline));
      assert.equal(engine.calls.entropies > 0, pipeline.startsWith('entropy-'));
      assert.equal(store.commits.some(({ paragraphs }) => paragraphs.some(({ maskRollouts }) => maskRollouts.length > 0)), pipeline === 'pretrain-zero');
    });

    test('gives the same commits again, and its log replays to the bit', async () => {
      const config = stubConfig({ pipeline, grpo: { maxStaleness: 1, refillParagraphs: 2 }, run: { steps: 4 } });
      const runs = await Promise.all([1, 2].map(() => stubRun(config, { engine: newEngine() })));
      assert.deepEqual(runs[0]!.store.commits, runs[1]!.store.commits);
      const directory = await loggedStubRun(config, { engine: newEngine() });
      assert.equal((await replay(directory, { parts: stubParts }).done).difference, null);
    });
  });
}

const exchanged: Readonly<Record<string, string>> = { 'random-span': 'draw-spans', 'random-ntp': 'draw-tokens', 'entropy-ntp': 'draw-uncertain-tokens', 'entropy-span': 'draw-uncertain-spans', 'rare-span': 'draw-rare-spans', 'entity-span': 'draw-entities' };

test('each sampled baseline differs from pretrain-zero in the one operator that chooses, the others in their update too', () => {
  const theirs = namedTopologies['pretrain-zero'];
  for (const pipeline of names.filter((name) => name !== 'pretrain-zero' && samplesPredictions(name))) {
    const expected = { stages: { theirs: ['generate-masks'], own: [exchanged[pipeline]] }, update: null };
    assert.deepEqual(topologyDifference(namedTopologies[pipeline], theirs), expected, pipeline);
  }
  assert.deepEqual(topologyDifference(theirs, theirs), { stages: { theirs: [], own: [] }, update: null });
  const all = ['generate-masks', 'predict-spans', 'score-groups'];
  assert.deepEqual(topologyDifference(namedTopologies['supervised-span'], theirs), { stages: { theirs: all, own: ['draw-spans', 'wrap-passages'] }, update: { theirs: 'grpo', own: 'supervised' } });
  assert.deepEqual(topologyDifference(namedTopologies['continue-pretraining'], theirs), { stages: { theirs: all, own: ['wrap-paragraphs'] }, update: { theirs: 'grpo', own: 'cross-entropy' } });
});

test('next tokens are asked of cut texts, spans of whole ones', async () => {
  for (const pipeline of names.filter((name) => name !== 'continue-pretraining')) {
    const { store } = await stubRun(stubConfig({ pipeline }), { engine: newEngine() });
    const passages = passagesOf(store.commits);
    assert.ok(passages.length > 0);
    for (const passage of passages) {
      assert.equal(isCut(passage), pipeline.endsWith('-ntp'), pipeline);
      assert.equal(passage.text.includes('[mask]'), !pipeline.endsWith('-ntp'));
    }
  }
});

test('supervised spans are the random spans of the same seed, each answered with its text', async () => {
  const [supervised, random] = await Promise.all((['supervised-span', 'random-span'] as const).map((pipeline) => stubRun(stubConfig({ pipeline }), { engine: newEngine() })));
  assert.deepEqual(passagesOf(supervised!.store.commits), passagesOf(random!.store.commits));
  const requests = supervised!.engine.requests.accumulate;
  assert.ok(requests.every(({ loss }) => loss.kind === 'cross-entropy'));
  assert.equal(requests.flatMap(({ groups }) => groups).length, passagesOf(supervised!.store.commits).length);
});

test('with a cold start the first steps are those of random-span, the others learn masks', async () => {
  const [cold, random] = await Promise.all([stubRun(stubConfig({ run: { coldStartSteps: 2 } }), { engine: newEngine() }), stubRun(stubConfig({ pipeline: 'random-span' }), { engine: newEngine() })]);
  assert.deepEqual(cold.store.commits.slice(0, 2), random.store.commits.slice(0, 2));
  for (const { step, paragraphs } of cold.store.commits) assert.ok(paragraphs.every(({ maskRollouts }) => (maskRollouts.length > 0) === step > 2), `step ${step}`);
});

test('a run with a cold start replays across it', async () => {
  const config = stubConfig({ run: { coldStartSteps: 2, steps: 5 }, grpo: { maxStaleness: 1, refillParagraphs: 2 } });
  const directory = await loggedStubRun(config, { engine: newEngine() });
  for (const steps of ['1..5', '2..3', '4']) assert.equal((await replay(directory, { steps, parts: stubParts }).done).difference, null, steps);
});
