import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { from, lastValueFrom, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { generateMasks } from '../../../operators/rollouts/generate-masks.ts';
import { predictSpans } from '../../../operators/rollouts/predict-spans.ts';
import type { MaskGroup, PredictionGroups } from '../../../schemas/records/edges.ts';
import { baseConfig } from '../../base-config.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';
import { rolloutTestDeps, type RolloutTestDeps } from './rollout-test-deps.ts';

const config = baseConfig({ rollouts: { masksPerParagraph: 2, predictionsPerMask: 3 } });

function scripted(predictions: readonly string[]): RolloutTestDeps {
  const masks = ['\\mask{France}', '\\mask{Atlantic}'];
  return rolloutTestDeps({ respond: ({ prompt, index }) => (prompt.includes('[mask]') ? predictions : masks)[index] }, config);
}

async function run(deps: RolloutTestDeps, paragraphs = [sampleParagraph()]): Promise<PredictionGroups[]> {
  return lastValueFrom(from(paragraphs).pipe(generateMasks(deps), predictSpans(deps), toArray()));
}

describe('predictSpans', () => {
  test('every passage is answered predictionsPerMask times, passage by passage', async () => {
    const [message] = await run(scripted(['\\boxed{France}', '\\boxed{ Atlantic }', '\\boxed{france}']));
    assert.deepEqual(
      message!.predictions.map(({ id, correct }) => [id, correct]),
      [
        ['000001/00/predict/0/0', true],
        ['000001/00/predict/0/1', false],
        ['000001/00/predict/0/2', false],
        ['000001/00/predict/1/0', false],
        ['000001/00/predict/1/1', true],
        ['000001/00/predict/1/2', false],
      ],
    );
    assert.deepEqual(new Set(message!.predictions.map((prediction) => prediction.passageId)), new Set(['000001/00/passage/0', '000001/00/passage/1']));
  });

  test('a prediction without an answer says why', async () => {
    const [message] = await run(scripted(['France', '\\boxed{ }', '\\boxed{France}']));
    assert.deepEqual(message!.predictions.slice(0, 3).map((prediction) => prediction.rejection), ['no-box', 'empty-box', null]);
  });

  test('a truncated response counts by what it holds, and its finish reason is kept', async () => {
    const limited = { ...config, rollouts: { ...config.rollouts, maxPredictionResponseTokens: 14 } };
    const deps = rolloutTestDeps({ respond: ({ prompt }) => (prompt.includes('[mask]') ? '\\boxed{France} and so on' : '\\mask{France}') }, limited);
    const [message] = await run(deps);
    assert.deepEqual([message!.predictions[0]!.finishReason, message!.predictions[0]!.correct], ['length', true]);
    assert.equal(message!.predictions[0]!.responseTokens.length, 14);
  });

  test('a paragraph without usable masks goes on without predictions, and a cohort without any asks nothing', async () => {
    const deps = rolloutTestDeps({ respond: () => 'no mask' }, config);
    const [message] = await run(deps);
    assert.deepEqual([message!.predictions, deps.engine.calls.generate], [[], 1]);
  });

  test('samples find their own paragraph when some of the cohort have no masks', async () => {
    const deps = rolloutTestDeps(
      { respond: ({ prompt }) => (prompt.includes('[mask]') ? `\\boxed{${prompt.slice(0, 1)}}` : prompt.startsWith('B') ? 'none' : '\\mask{France}') },
      config,
    );
    const titles = ['A', 'B', 'C'];
    const messages = await run(deps, titles.map((title, slot) => sampleParagraph({ slot, cohortFirstSlot: 0, cohortSize: 3, title })));
    assert.deepEqual(messages.map((message) => message.predictions.map((prediction) => prediction.answer)), [Array(6).fill('A'), [], Array(6).fill('C')]);
  });

  test('waits for a whole cohort and completes with its source', () => {
    new TestScheduler((actual, expected) => assert.deepEqual(actual, expected)).run(({ cold, expectObservable }) => {
      const half: MaskGroup = { paragraph: sampleParagraph({ cohortSize: 2 }), maskRollouts: [], passages: [] };
      expectObservable(cold('a---', { a: half }).pipe(predictSpans(rolloutTestDeps()))).toBe('----');
      expectObservable(cold<MaskGroup>('--|').pipe(predictSpans(rolloutTestDeps()))).toBe('--|');
    });
  });
});
