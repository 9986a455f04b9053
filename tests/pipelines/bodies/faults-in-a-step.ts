import assert from 'node:assert/strict';
import { filter, pipe, take, type OperatorFunction } from 'rxjs';
import { isBalanced } from '../../../operators/flow/ledger.ts';
import type { AccumulateReport } from '../../../operators/ports/engine.ts';
import { generateMasks } from '../../../operators/rollouts/generate-masks.ts';
import type { RolloutDeps } from '../../../operators/rollouts/rollout-deps.ts';
import { maskGroups, paragraphs } from '../../../pipelines/edges.ts';
import { pretrainZero } from '../../../pipelines/pretrain-zero.ts';
import { replaceStage, stage } from '../../../pipelines/topology.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { MaskGroup } from '../../../schemas/records/edges.ts';
import type { Paragraph } from '../../../schemas/records/paragraph.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine, type StubEngine } from '../../stub-engine.ts';
import type { Transport } from '../transport.ts';

/** A stub engine whose training reports are changed. */
function withReports(change: (report: AccumulateReport, ids: readonly string[]) => Partial<AccumulateReport>): StubEngine {
  const engine = createStubEngine();
  return {
    ...engine,
    async accumulate(request) {
      const report = await engine.accumulate(request);
      return { ...report, ...change(report, request.groups.flatMap((group) => group.responses.map((response) => response.id))) };
    },
  };
}

/** A stub engine that refuses the updates of the given calls of `step`, counted from 1. */
function refusing(calls: readonly number[]): StubEngine {
  const engine = createStubEngine({
    before: (call) => {
      if (call === 'step' && calls.includes(engine.calls.step)) throw new PretrainZeroError('GRADIENT_NOT_FINITE', 'the gradient is not finite');
    },
  });
  return engine;
}

export function faultsInAStep({ test, inMemory, stubRun, startStubRun }: Transport): void {
  test('a response whose loss is not finite is a dead letter, and the rest of its group is trained', async () => {
    const engine = withReports((_, ids) => ({ notFinite: ids.slice(0, 1) }));
    const { store } = await stubRun(stubConfig(), { engine });
    for (const { report, deadLetters, step } of store.commits) {
      assert.ok(report.ledger.every(isBalanced));
      const lost = report.ledger.flatMap((line) => line.deadLettered);
      assert.deepEqual(lost, [{ reason: 'NOT_A_NUMBER', count: 1 }]);
      assert.deepEqual(deadLetters.map((letter) => [letter.code, letter.stage, letter.step]), [['NOT_A_NUMBER', 'update', step]]);
      assert.match(deadLetters[0]!.recordId!, /^\d{6}\/\d\d\/(mask|predict)\//);
      assert.equal(deadLetters[0]!.role, deadLetters[0]!.recordId!.split('/')[2]);
    }
  });

  test('a rollout with a log-probability that is not a number is a dead letter in the ledger', async () => {
    const text = ' \\mask{river}';
    const notANumber = { text, logprobs: Array.from({ length: text.length + 1 }, () => Number.NaN) };
    const engine = createStubEngine({
      respond: ({ index, prompt }) => (index === 2 && !prompt.includes('[mask]') ? notANumber : undefined),
    });
    const { store } = await stubRun(stubConfig(), { engine });
    for (const { report, deadLetters } of store.commits) {
      assert.deepEqual(report.ledger.find((line) => line.role === 'mask')!.deadLettered, [{ reason: 'NOT_A_NUMBER', count: 3 }]);
      assert.equal(deadLetters.filter((letter) => letter.code === 'NOT_A_NUMBER').length, 3);
    }
  });

  test('a refused update is accounted as dead letters, and the run goes on with the weights as they were', async () => {
    const engine = refusing([2, 3]);
    const { store, outcome, events } = await stubRun(stubConfig(), { engine });
    assert.equal(outcome.kind, 'completed');
    assert.deepEqual(store.commits.map((commit) => commit.report.policyVersion), [1, 1, 1, 2, 3, 4]);
    const second = store.commits[1]!;
    assert.deepEqual(second.deadLetters.map((letter) => letter.code), ['GRADIENT_NOT_FINITE']);
    assert.ok(second.report.ledger.every((line) => line.trained === 0 && isBalanced(line)));
    assert.ok(second.report.ledger.some((line) => line.deadLettered.some(({ reason }) => reason === 'GRADIENT_NOT_FINITE')));
    assert.equal(engine.calls.discard, 2, 'nothing of a refused gradient is left');
    assert.equal(events.filter((event) => event.type === 'warning' && event.code === 'GRADIENT_NOT_FINITE').length, 2);
  });

  test('the third refused update in a row ends the run, after its commit', async () => {
    const { run, store, events } = await startStubRun(stubConfig(), { engine: refusing([2, 3, 4]) });
    await assert.rejects(run.done, { code: 'GRADIENT_NOT_FINITE' });
    assert.equal(store.commits.length, 4);
    assert.deepEqual(events.at(-1), { type: 'failed', code: 'GRADIENT_NOT_FINITE', message: 'the gradient is not finite' });
  });

  test('on-policy log-probabilities that differ between sampling and training raise the alarm', async () => {
    const drifting = (nats: number) => withReports((report) => ({ logprobDriftSum: nats * report.responseTokens }));
    const alarms = async (nats: number, maxStaleness: number) => {
      const { events } = await stubRun(stubConfig({ grpo: { maxStaleness } }), { engine: drifting(nats) });
      return events.filter((event) => event.type === 'warning' && event.code === 'LOGPROB_DRIFT').map((event) => event.type === 'warning' && event.step);
    };
    assert.deepEqual(await alarms(0.02, 0), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await alarms(0.005, 0), []);
    assert.deepEqual(await alarms(0.02, 1), [1], 'later steps were sampled by older weights, which may differ');
  });

  inMemory('how far the log is when another worker dies differs', 'an engine that fails ends the run with its error, and no step is half committed', async () => {
    const engine = createStubEngine({
      before: (call) => {
        if (call === 'generate' && engine.calls.generate === 6) throw new PretrainZeroError('ENGINE_FAILED', 'the worker died');
      },
    });
    const { run, store } = await startStubRun(stubConfig(), { engine });
    await assert.rejects(run.done, { code: 'ENGINE_FAILED' });
    assert.deepEqual(store.commits.map((commit) => commit.step), [1, 2]);
  });

  test('a stage that loses a paragraph is named, with the paragraph', async () => {
    const losing = (deps: RolloutDeps): OperatorFunction<Paragraph, MaskGroup> =>
      pipe(generateMasks(deps), filter(({ paragraph }) => paragraph.ordinal !== 4));
    const topology = replaceStage(pretrainZero, 'generate-masks', stage('losing-masks', paragraphs, losing, maskGroups));
    const run = stubRun(stubConfig(), { topology });
    await assert.rejects(run, { code: 'RECORD_INVALID', message: /losing-masks passed on 000002\/02 where 000002\/01 was due/ });
  });

  inMemory('over a broker an operator is asked anew for each batch: none ends before the run', 'a stage that ends early is an error, not an early end of the run', async () => {
    const ending = (deps: RolloutDeps): OperatorFunction<Paragraph, MaskGroup> => pipe(generateMasks(deps), take(3));
    const topology = replaceStage(pretrainZero, 'generate-masks', stage('first-step-only', paragraphs, ending, maskGroups));
    const { run, store } = await startStubRun(stubConfig(), { topology });
    await assert.rejects(run.done, { code: 'RECORD_INVALID', message: /ended before the run did/ });
    assert.ok(store.commits.length <= 1);
  });

  inMemory('edges between processes are seen by their lag', 'while an engine is silent, the edge that waits for it is named, and the run goes on when the engine does', async () => {
    let wake: () => void = () => undefined;
    const engine: StubEngine = createStubEngine({
      before: (call) => (call === 'generate' && engine.calls.generate === 4 ? new Promise<void>((resolve) => (wake = resolve)) : undefined),
    });
    const { run, events } = await startStubRun(stubConfig(), { engine, runner: { stallAfterMs: 5 } });
    run.events.subscribe((event) => event.type === 'warning' && wake());
    assert.equal((await run.done).kind, 'completed');
    const stall = events.find((event) => event.type === 'warning');
    assert.ok(stall?.type === 'warning' && stall.code === 'STALLED');
    assert.match(stall.message, /3 messages wait on the edge mask-groups/);
  });
}
