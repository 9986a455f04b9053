import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { openStepLog } from '../../infra/sample-log/open-step-log.ts';
import { signsOf } from '../../operators/health/health-state.ts';
import { rebuildHealth } from '../../operators/health/rebuild-health.ts';
import { signs, type Sign } from '../../operators/health/sign.ts';
import { readEvaluations } from '../../pipelines/read-evaluations.ts';
import { readPastStep } from '../../pipelines/read-past-step.ts';
import { replay } from '../../pipelines/replay.ts';
import type { Config } from '../../schemas/config/config.ts';
import { baffled, bored, collapsing, enginePlaying, harmed, healthy, heldOutNames, oscillating, type Policy } from '../failing-policies.ts';
import { createMemoryBroker } from '../memory-bus.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubRunStore } from '../stub-run-store.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';
import { startDistributedRun } from './distributed/distributed-run.ts';
import { loggedStubRun } from './replay/logged-stub-run.ts';
import { newDirectory, stubRun, type StubRun } from './stub-run.ts';

const sizes = { run: { steps: 24, checkpointEvery: 5 }, rollouts: { paragraphsPerStep: 8 }, evaluation: { every: 1 } } as const;
const config = stubConfig({ ...sizes, alarms: { window: 6 } });
const stopping = stubConfig({ ...sizes, alarms: { window: 6, onAlarm: 'stop' } });
const parts = { heldOut: heldOutNames };

const play = (policy: Policy, of = config): Promise<StubRun> => stubRun(of, { engine: enginePlaying(policy), parts });
const raisedSigns = ({ outcome }: StubRun): Sign[] => [...new Set(outcome.alarms.map(({ sign }) => sign))];

test('a healthy run raises no alarm, and has its signs in every report', async () => {
  const run = await play(healthy);
  assert.deepEqual(run.outcome.alarms, []);
  assert.equal(run.outcome.kind, 'completed');
  for (const { report } of run.store.commits) {
    const full = report.step >= 6;
    assert.equal(typeof report.harm, 'number');
    assert.equal(report.instability !== null, full, `step ${report.step}`);
    assert.equal(report.imbalance !== null, full, `step ${report.step}`);
    assert.equal(report.barren !== null, full, `step ${report.step}`);
    assert.equal(report.heldOutStep, report.step);
  }
});

const failures: readonly { readonly what: string; readonly policy: Policy; readonly sign: Sign; readonly code: string; readonly says: RegExp }[] = [
  { what: 'whose policy swings to and fro', policy: oscillating, sign: 'instability', code: 'GAME_UNSTABLE', says: /^step 6: the share of right predictions swings between \d+\.\d% and \d+\.\d% within 6 steps \(instability 0\.\d+, alarms\.instability 0\.1\)$/ },
  { what: 'whose masks collapse onto one phrase', policy: collapsing, sign: 'imbalance', code: 'PICKS_IMBALANCED', says: /"lies on the river" is \d+\.\d% of what was masked within 6 steps/ },
  { what: 'whose masks nobody can solve', policy: baffled, sign: 'barren', code: 'NOTHING_LEARNED', says: /^step 6: 100\.0% of the rollouts of 6 steps took no part in an update; of the predictions of a step 0\.0% were right on average \(barren 1\.000, alarms\.barren 0\.99\)$/ },
  { what: 'whose masks everybody solves', policy: bored, sign: 'barren', code: 'NOTHING_LEARNED', says: /took no part in an update; of the predictions of a step 100\.0% were right on average/ },
  {
    ...{ what: 'whose held-out accuracy falls while its generator is paid more', policy: harmed, sign: 'harm', code: 'OBJECTIVE_HARMED' },
    says: /held-out accuracy has fallen from \d+\.\d% after step 0 to \d+\.\d% after step \d+, while the generator's reward rose \(0\.\d+, then 0\.\d+\): the mask task gains what the main objective loses/,
  },
];

for (const { what, policy, sign, code, says } of failures) {
  test(`a run ${what} raises ${sign}, and no other`, async () => {
    const run = await play(policy);
    assert.deepEqual(raisedSigns(run), [sign]);
    const [first] = run.outcome.alarms;
    assert.match(first!.message, says);
    assert.ok(first!.value >= first!.threshold);
    assert.equal(run.outcome.kind, 'completed', 'it goes on');
    const warnings = run.events.flatMap((event) => (event.type === 'warning' ? [{ code: event.code, step: event.step }] : []));
    assert.deepEqual(warnings, run.outcome.alarms.map(({ step }) => ({ code, step })));
    const reports = run.store.commits.map(({ report }) => report[sign]);
    assert.equal(reports.findIndex((value) => value !== null && value >= first!.threshold) + 1, first!.step, 'it is told when it begins');
  });

  test(`a run ${what} stops where asked to, and goes on from there as if it had not`, async () => {
    const undisturbed = await play(policy);
    const first = undisturbed.outcome.alarms[0]!;
    const stopped = await play(policy, stopping);
    assert.deepEqual({ kind: stopped.outcome.kind, step: stopped.outcome.step, alarms: stopped.outcome.alarms }, { kind: 'alarm', step: first.step, alarms: [first] });
    assert.equal(stopped.store.commits.at(-1)!.checkpoint, true);
    const again = (of: typeof config) => stubRun(of, { engine: enginePlaying(policy), parts, resume: true, store: createStubRunStore(stopped.store.directory, { commits: stopped.store.commits }) });
    const resumed = await again(config);
    const withoutCheckpoints = ({ store }: StubRun) => store.commits.map((commit) => ({ ...commit, checkpoint: null }));
    assert.deepEqual(withoutCheckpoints(resumed), withoutCheckpoints(undisturbed));
    assert.equal(resumed.engine.weights(), undisturbed.engine.weights());
    const unchanged = await again(stopping);
    assert.deepEqual([unchanged.outcome.kind, unchanged.outcome.step], ['alarm', first.step + 1], 'a sign that lasts stops it again');
  });
}

test('with weights that are older than the step, too, a stopped run goes on alike', async () => {
  const stale = { ...sizes, grpo: { maxStaleness: 2 } };
  const undisturbed = await play(oscillating, stubConfig({ ...stale, alarms: { window: 6 } }));
  const stopped = await play(oscillating, stubConfig({ ...stale, alarms: { window: 6, onAlarm: 'stop' } }));
  assert.equal(stopped.outcome.kind, 'alarm');
  const store = createStubRunStore(stopped.store.directory, { commits: stopped.store.commits });
  const resumed = await stubRun(stubConfig({ ...stale, alarms: { window: 6 } }), { engine: enginePlaying(oscillating), parts, resume: true, store });
  assert.deepEqual(resumed.store.commits.map(({ report }) => report), undisturbed.store.commits.map(({ report }) => report));
});

test('an alarm in the last step leaves the run completed', async () => {
  const run = await play(oscillating, stubConfig({ ...sizes, run: { ...sizes.run, steps: 6 }, alarms: { window: 6, onAlarm: 'stop' } }));
  assert.equal(run.outcome.kind, 'completed');
  assert.equal(run.outcome.alarms.length, 1);
});

test('random spans and plain pretraining have the signs that there can be', async () => {
  const spans = await play(healthy, { ...config, pipeline: 'random-span' });
  assert.deepEqual(signs.filter((sign) => spans.store.commits.at(-1)!.report[sign] === null), []);
  assert.deepEqual(spans.outcome.alarms, []);
  const plain = await play(healthy, { ...config, pipeline: 'continue-pretraining' });
  assert.deepEqual(signs.filter((sign) => plain.store.commits.at(-1)!.report[sign] === null), ['instability', 'imbalance', 'barren']);
  const harmedPlain = await play(harmed, { ...config, pipeline: 'continue-pretraining' });
  assert.match(harmedPlain.outcome.alarms[0]!.message, /held-out accuracy has fallen from \d+\.\d% after step 0 to \d+\.\d% after step \d+ \(harm/);
});

test('a replay finds the signs of the log, also where it begins within a window, and the folder of a run tells what a resume needs', async () => {
  const directory = await loggedStubRun(stubConfig({ ...sizes, run: { steps: 12 }, evaluation: { every: 2, cloze: 'sample' }, alarms: { window: 6 } }), { engine: enginePlaying(harmed), parts });
  const replayed = { tokenizer: createStubTokenizer(), heldOut: heldOutNames };
  for (const steps of ['1..12', '4..9']) assert.equal((await replay(directory, { steps, parts: replayed }).done).difference, null, steps);
  const other = await replay(directory, { set: ['alarms.harm=0.9', 'alarms.onAlarm=stop'], steps: '12', parts: replayed }).done;
  assert.deepEqual([other.kind, other.difference], ['values', null], 'thresholds stand in no report');
  const log = { step: (of: number) => readPastStep(directory, of), evaluations: (of: number) => readEvaluations(directory, of) };
  for (const step of [1, 5, 6, 12]) {
    const [report] = (await (await openStepLog(nodeFileSystem, directory)).read(step)).tables.steps;
    const { instability, harm, imbalance, barren, heldOutStep, bestHeldOutStep } = report!;
    assert.deepEqual(signsOf(await rebuildHealth(log, step, 6), 6), { instability, harm, imbalance, barren, heldOutStep, bestHeldOutStep }, `step ${step}`);
  }
  await assert.rejects(readPastStep(directory, 13), { code: 'LOG_DAMAGED', message: /report of step 13 is not there/ });
});

for (const maxStaleness of [0, 2]) {
  test(`over topics the sink stops the run for all (maxStaleness ${maxStaleness}), and the next sink knows what was seen before`, async () => {
    const apart = (onAlarm: 'warn' | 'stop'): Config => stubConfig({ run: { steps: 12, checkpointEvery: 50 }, rollouts: { paragraphsPerStep: 4 }, grpo: { maxStaleness }, alarms: { window: 6, onAlarm }, kafka: { partitions: 2 } });
    const directory = join(newDirectory(), 'run');
    const newEngine = () => enginePlaying(collapsing);
    const start = (onAlarm: 'warn' | 'stop') => {
      const broker = createMemoryBroker({ seed: 5 });
      return startDistributedRun({ config: apart(onAlarm), directory, connect: () => Promise.resolve(broker.connect()), newEngine, parts: { heldOut: { cloze: [], probe: [] } } });
    };
    const stopped = await (await start('stop')).outcome;
    const here = await stubRun(apart('stop'), { engine: newEngine() });
    assert.equal(stopped.kind, 'alarm');
    assert.deepEqual(stopped.alarms, here.outcome.alarms);
    assert.ok(stopped.step < 12 && stopped.step >= stopped.alarms[0]!.step && stopped.step <= stopped.alarms[0]!.step + maxStaleness, `after step ${stopped.step}`);
    const resumed = await (await start('warn')).outcome;
    assert.deepEqual([resumed.kind, resumed.step], ['completed', 12]);
    const undisturbed = await stubRun(apart('warn'), { engine: newEngine() });
    const log = await openStepLog(nodeFileSystem, directory);
    for (const { report } of undisturbed.store.commits) assert.deepEqual((await log.read(report.step)).tables.steps, [report]);
  });
}
