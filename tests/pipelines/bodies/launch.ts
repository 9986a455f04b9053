import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { launch } from '../../../pipelines/launch.ts';
import { loadHeldOut, type HeldOut } from '../../../pipelines/held-out.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { resolveExcluded, resolveSample } from '../../../pipelines/resolve-sample.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine } from '../../stub-engine.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { createStubRunStore } from '../../stub-run-store.ts';
import { newDirectory } from '../stub-run.ts';
import type { Transport } from '../transport.ts';

const text = 'Avora lies on the river Ost. It was founded in 1200.';

const heldOut: HeldOut = {
  cloze: [{ id: 'c1', title: 'Avora', text, start: 0, end: 5, mask: 'Avora', class: 'trivial' }],
  probe: [{ id: 'p1', title: 'Avora', text, spans: [{ start: 24, end: 27, class: 'knowledge' }] }],
};

export function launches({ test, inMemory, stubRun, startStubRun }: Transport): void {
  test('events come in order: started, steps with their timing, checkpoints where due, finished', async () => {
    const { events, outcome, store } = await stubRun(stubConfig());
    const told = events.filter((event) => event.type !== 'stage-progress').map((event) => {
      if (event.type === 'warning') return `${event.code}: ${event.message}`;
      return 'step' in event && event.type !== 'finished' ? `${event.type} ${event.step}` : event.type;
    });
    assert.deepEqual(told, [
      'started',
      ...['step-done 1', 'step-done 2', 'checkpoint 2', 'step-done 3', 'step-done 4', 'checkpoint 4', 'step-done 5', 'step-done 6', 'checkpoint 6'],
      'finished',
    ]);
    assert.deepEqual(events.at(-1), { type: 'finished', ...outcome });
    const [started] = events;
    assert.ok(started?.type === 'started');
    assert.deepEqual(started.stages, ['generate-masks', 'predict-spans', 'score-groups', 'update']);
    assert.equal(started.engine.backend, 'stub');
    assert.deepEqual(store.timings.map((timing) => timing.step), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(JSON.parse(JSON.stringify(events)), events, 'events are plain JSON');
  });

  inMemory('workers tell of their own progress, in no order among them', 'progress of a stage ends at all of its rollouts, with the step worked on', async () => {
    const { events } = await stubRun(stubConfig());
    const masks = events.filter((event) => event.type === 'stage-progress').filter((event) => event.stage === 'generate-masks');
    assert.deepEqual(masks.map(({ step, done, total }) => [step, done, total]), [1, 2, 3, 4, 5, 6].map((step) => [step, 12, 12]));
    assert.ok(masks.every((event) => event.tokens > 0));
  });

  test('the held-out set is scored before, every so many steps and after; rows are committed, summaries told', async () => {
    const { events, outcome, store } = await stubRun(stubConfig({ evaluation: { every: 4 } }), { parts: { heldOut } });
    assert.deepEqual(events.filter((event) => event.type === 'evaluation').map((event) => event.step), [0, 4, 6]);
    assert.deepEqual(store.commits.map((commit) => [...new Set(commit.evaluations.map((row) => row.step))]), [[0], [], [], [4], [], [6]]);
    assert.equal(outcome.before!.cloze!.items, 1);
    assert.equal(outcome.after!.maskProbe!.samples, 8);
  });

  inMemory('workers of a run that has ended wait until it is begun again', 'a resumed run tells the same figures of before and after', async () => {
    const config = stubConfig();
    const engine = () => createStubEngine({ respond: statelessAnswer });
    const undisturbed = await stubRun(config, { engine: engine(), parts: { heldOut } });
    const directory = newDirectory();
    const crash = { before: ({ step }: { step: number }) => (step === 4 ? Promise.reject(new Error('power cut')) : undefined) };
    const crashed = await startStubRun(config, { engine: engine(), store: createStubRunStore(directory, crash), parts: { heldOut } });
    await assert.rejects(crashed.run.done);
    const store = createStubRunStore(directory, { commits: crashed.store.commits });
    const resumed = await stubRun(config, { engine: engine(), store, resume: true, parts: { heldOut } });
    assert.ok(resumed.events[1]?.type === 'resumed' && resumed.events[1].step === 2);
    assert.deepEqual([resumed.outcome.before, resumed.outcome.after], [undisturbed.outcome.before, undisturbed.outcome.after]);
    assert.notEqual(resumed.outcome.before, null);
    const again = createStubRunStore(directory, { commits: resumed.store.commits });
    const done = await stubRun(config, { engine: engine(), store: again, resume: true, parts: { heldOut } });
    assert.deepEqual([done.outcome.before, done.outcome.after], [undisturbed.outcome.before, undisturbed.outcome.after], 'of a run that was over already, too');
  });

  test('a failure is told as the last event and rejects the promise, and what was opened is closed', async () => {
    const engine = createStubEngine({
      before: (call) => {
        if (call === 'accumulate') throw new Error('bus error');
      },
    });
    const { run, events } = await startStubRun(stubConfig(), { engine });
    let completed = false;
    run.events.subscribe({ complete: () => (completed = true) });
    await assert.rejects(run.done, /bus error/);
    assert.deepEqual(events.at(-1), { type: 'failed', code: null, message: 'bus error' });
    assert.ok(completed);
  });

  inMemory('nothing runs', 'a missing model folder is known before anything is written', async () => {
    const directory = join(newDirectory(), 'run');
    const run = launch(stubConfig({ model: { path: join(directory, 'no-model') } }), { directory });
    await assert.rejects(run.done, { name: 'PretrainZeroError', code: 'MODEL_INVALID' });
  });

  inMemory('nothing runs', 'held-out files are read, and one that is missing is named', async () => {
    const file = join(newDirectory(), 'cloze.jsonl');
    await writeFile(file, `${JSON.stringify(heldOut.cloze[0])}\n`);
    const evaluation = { ...stubConfig().evaluation, cloze: file };
    assert.deepEqual(await loadHeldOut(evaluation), { cloze: heldOut.cloze, probe: [] });
    await assert.rejects(loadHeldOut({ ...evaluation, probe: `${file}.gone` }), { code: 'CORPUS_NOT_FOUND', message: /gone/ });
  });

  inMemory('nothing runs', '`sample` stands for the files of the package, any other path for itself', () => {
    assert.equal(resolveSample('sample', 'corpus'), join(packageRoot(), 'pipelines', 'sample', 'encyclopedia.xml.bz2'));
    assert.equal(resolveSample('sample', 'model'), join(packageRoot(), 'pipelines', 'base-model'));
    assert.equal(resolveSample('./own.jsonl', 'corpus'), './own.jsonl');
  });

  inMemory('nothing runs', 'excluding a bundled set leaves out its held-out spans and its probes', () => {
    const names = (name: string): string[] => resolveExcluded(name).map((path) => basename(path));
    assert.deepEqual(names('sample'), ['held-out.jsonl', 'mask-probe.jsonl']);
    assert.deepEqual(names('atlas'), ['atlas-held-out.jsonl', 'atlas-mask-probe.jsonl']);
    assert.deepEqual(resolveExcluded('./own.jsonl'), ['./own.jsonl']);
  });
}
