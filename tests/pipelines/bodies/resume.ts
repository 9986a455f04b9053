import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import type { Config } from '../../../schemas/config/config.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { createStubParagraphSource } from '../../stub-paragraph-source.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { createStubRunStore } from '../../stub-run-store.ts';
import { newDirectory } from '../stub-run.ts';
import type { Transport } from '../transport.ts';

const newEngine = () => createStubEngine({ respond: statelessAnswer });

const newSource = () => createStubParagraphSource({ letterEvery: 4 });

/** What each transport must hold. */
const configs: Readonly<Record<string, Config>> = {
  'on-policy': stubConfig(),
  'with refills': stubConfig({ grpo: { refillParagraphs: 2 } }),
  'with maxStaleness 2 and refills': stubConfig({ grpo: { maxStaleness: 2, refillParagraphs: 2 } }),
  'of random spans': stubConfig({ pipeline: 'random-span' }),
  'of continued pretraining': stubConfig({ pipeline: 'continue-pretraining' }),
};

/** What differs by what a step is made of, not by how it travels. */
export const variants: Readonly<Record<string, Config>> = {
  'paid for variety over steps, with refills': stubConfig({ rewards: { generation: 'variety-over-steps', recentSteps: 3 }, grpo: { refillParagraphs: 2 } }),
  'paid for progress': stubConfig({ rewards: { generation: 'progress', recentSteps: 3 } }),
  'paid for what is unambiguous, with maxStaleness 2': stubConfig({ rewards: { generation: 'unambiguous', recentSteps: 2 }, grpo: { maxStaleness: 2 } }),
  'of reinforce++ without the filter': stubConfig({ grpo: { formulation: 'reinforce++', groupFilter: false } }),
  'with a critic, paid for progress, with maxStaleness 1': stubConfig({ rewards: { generation: 'progress', recentSteps: 3 }, grpo: { baseline: 'critic', maxStaleness: 1 } }),
  'of next tokens of highest entropy': stubConfig({ pipeline: 'entropy-ntp' }),
  'of rare spans': stubConfig({ pipeline: 'rare-span' }),
  'of supervised spans': stubConfig({ pipeline: 'supervised-span' }),
  'with a cold start': stubConfig({ run: { coldStartSteps: 3 } }),
  'with a cold start, maxStaleness 1 and refills': stubConfig({ run: { coldStartSteps: 3 }, grpo: { maxStaleness: 1, refillParagraphs: 2 } }),
};

export function resume({ test, inMemory, stubRun, startStubRun, some }: Transport, further: Readonly<Record<string, Config>> = {}): void {
  for (const [name, config] of Object.entries({ ...configs, ...further })) {
    test(`a run ${name}, stopped by a crash at any commit and resumed, ends with the same commits and weights`, async () => {
      const undisturbed = await stubRun(config, { engine: newEngine(), parts: { source: newSource() } });
      assert.ok(undisturbed.engine.calls.step >= 4, 'there is something to lose');
      for (const crashAt of some(Array.from({ length: config.run.steps }, (_, i) => i + 1))) {
        const directory = newDirectory();
        const crash = { before: ({ step }: { step: number }) => (step === crashAt ? Promise.reject(new Error('power cut')) : undefined) };
        const crashed = await startStubRun(config, { engine: newEngine(), store: createStubRunStore(directory, crash), parts: { source: newSource() } });
        await assert.rejects(crashed.run.done, /power cut/);
        const store = createStubRunStore(directory, { commits: crashed.store.commits });
        const resumed = await stubRun(config, { engine: newEngine(), store, resume: true, parts: { source: newSource() } });
        assert.deepEqual(resumed.store.commits, undisturbed.store.commits, `crashed at step ${crashAt}`);
        assert.equal(resumed.engine.weights(), undisturbed.engine.weights());
      }
    });
  }

  for (const maxStaleness of [0, 2]) {
    const wherever = maxStaleness === 0 ? test : inMemory.bind(null, 'between processes the next step is under way when the signal comes, and is finished');
    wherever(`a run with maxStaleness ${maxStaleness} that is asked to stop finishes its step with a checkpoint, and goes on from there alike`, async () => {
      const config = stubConfig({ run: { checkpointEvery: 100 }, grpo: { maxStaleness } });
      const undisturbed = await stubRun(config, { engine: newEngine() });
      const controller = new AbortController();
      const stopped = await startStubRun(config, { engine: newEngine(), signal: controller.signal });
      stopped.run.events.subscribe((event) => {
        if (event.type === 'stage-progress' && event.stage === 'update' && event.step === 3) controller.abort();
      });
      const outcome = await stopped.run.done;
      assert.deepEqual({ kind: outcome.kind, step: outcome.step }, { kind: 'interrupted', step: 3 });
      assert.deepEqual(stopped.store.commits.map((commit) => commit.checkpoint), [false, false, true]);
      const store = createStubRunStore(stopped.store.directory, { commits: stopped.store.commits });
      const resumed = await stubRun(config, { engine: newEngine(), store, resume: true });
      const samples = (commits: typeof store.commits) => commits.map((commit) => ({ ...commit, checkpoint: null }));
      assert.deepEqual(samples(resumed.store.commits), samples(undisturbed.store.commits));
      assert.equal(resumed.engine.weights(), undisturbed.engine.weights());
    });
  }

  inMemory('workers of a run that has ended wait until it is begun again', 'a run that is done resumes to the same end without work', async () => {
    const config = stubConfig();
    const done = await stubRun(config, { engine: newEngine() });
    const directory = newDirectory();
    await cp(done.store.directory, directory, { recursive: true });
    const engine = newEngine();
    const store = createStubRunStore(directory, { commits: done.store.commits });
    const again = await stubRun(config, { engine, store, resume: true });
    assert.deepEqual({ kind: again.outcome.kind, step: again.outcome.step }, { kind: 'completed', step: 6 });
    assert.equal(engine.calls.generate, 0);
    assert.deepEqual(again.events.map((event) => event.type), ['started', 'resumed', 'finished']);
  });

  inMemory('no worker is there yet that could be told', 'a run that is stopped before it begins does nothing', async () => {
    const { outcome, engine } = await stubRun(stubConfig(), { signal: AbortSignal.abort() });
    assert.deepEqual([outcome.kind, outcome.step, engine.calls.generate], ['interrupted', 0, 0]);
  });
}
