import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { generationRules } from '../../../operators/rewards/generation/generation-rules.ts';
import type { MaskOutcome } from '../../../operators/rewards/generation/generation-rule.ts';
import { RecentSpans } from '../../../operators/rewards/recent-spans.ts';
import type { SpanRecord } from '../../../operators/rewards/span-record.ts';
import { arbitraryMasks, historyOf } from './arbitrary-masks.ts';

/** A span of 8 predictions by a version. */
const span = (text: string, solved: number, policyVersion: number, wrong: readonly string[] = []): SpanRecord => ({
  ...{ groupId: text, text, policyVersion, solved, attempts: 8 },
  wrongAnswers: Array.from({ length: 8 - solved }, (_, i) => wrong[i % Math.max(1, wrong.length)] ?? `guess ${i}`),
});

const pay = (rule: keyof typeof generationRules, group: readonly MaskOutcome[], before: readonly (readonly SpanRecord[])[] = []) =>
  generationRules[rule].rewards(group, historyOf(group, before));

describe('difficulty', () => {
  test('pays for misses, but not where all missed; without the zero, there most of all', () => {
    const group = [span('a', 8, 3), span('b', 2, 3), span('c', 0, 3), null];
    assert.deepEqual(pay('difficulty', group), [0, 0.75, 0, 0]);
    assert.deepEqual(pay('difficulty-without-zero', group), [0, 0.75, 1, 0]);
  });
});

describe('variety', () => {
  const frame = span('a country in', 2, 3);

  test('within a group, duplicates share', () => {
    assert.deepEqual(pay('variety-in-group', [frame, span('Rome', 2, 3), frame, null, null]), [0.375, 0.75, 0.375, 0, 0]);
  });

  test('over steps, what was masked before pays a share, and what is new all', () => {
    const before = [[frame, frame], [], [frame]];
    assert.deepEqual(pay('variety-over-steps', [frame, span('Rome', 2, 3)], before), [0.75 / 4, 0.75]);
  });

  test('over steps, masks of other paragraphs of the step count too', () => {
    const history = new RecentSpans(2);
    history.add(1, [frame, frame, frame]);
    assert.deepEqual(generationRules['variety-over-steps'].rewards([frame], history), [0.25]);
  });

  test('a mask never earns more by being masked again', () => {
    fc.assert(
      fc.property(arbitraryMasks, ({ group, before }) => {
        const once = pay('variety-over-steps', group, before);
        const again = pay('variety-over-steps', group, [...before.slice(0, 2), [...(before[2] ?? []), ...group.filter((mask) => mask !== null)]]);
        const plain = pay('difficulty', group);
        once.forEach((reward, i) => assert.ok(again[i]! <= reward && reward <= plain[i]!));
      }),
    );
  });
});

describe('progress', () => {
  test('pays what the solved share rose by since earlier versions', () => {
    const before = [[span('Rome', 0, 0), span('It', 2, 0)], [span('Rome', 4, 1), span('It', 2, 1)], [span('old', 8, 2)]];
    assert.deepEqual(pay('progress', [span('Rome', 6, 3), span('It', 2, 3), span('old', 8, 3), span('old', 6, 3)], before), [0.5, 0, 0, 0]);
  });

  test('a text without earlier predictions pays its difficulty', () => {
    assert.deepEqual(pay('progress', [span('new', 2, 3), span('noise', 0, 3), null]), [0.75, 0, 0]);
  });

  test('predictions by the same version are no earlier ones: an update that changed nothing is no progress', () => {
    assert.deepEqual(pay('progress', [span('Rome', 6, 2)], [[], [], [span('Rome', 0, 2)]]), [0.25]);
  });
});

describe('unambiguous', () => {
  test('wrong answers that earlier versions gave to the same text do not pay', () => {
    const before = [[], [span('It', 2, 1, ['The', 'Its'])], [span('Rome', 2, 2, ['Paris', 'Bonn', 'Oslo', 'Bern', 'Prague', 'Riga'])]];
    const group = [span('It', 2, 3, ['The', 'Its']), span('Rome', 2, 3, ['Paris', 'Kyiv', 'Sofia', 'Minsk', 'Cairo', 'Lima']), span('new', 2, 3, ['the'])];
    assert.deepEqual(pay('unambiguous', group, before), [0, 5 / 8, 6 / 8]);
  });

  test('nothing that nobody solved', () => {
    assert.deepEqual(pay('unambiguous', [span('noise', 0, 3)]), [0]);
  });

  test('pays no more than difficulty, and as much where nothing was asked before', () => {
    fc.assert(
      fc.property(arbitraryMasks, ({ group, before }) => {
        const plain = pay('difficulty', group);
        pay('unambiguous', group, before).forEach((reward, i) => assert.ok(reward <= plain[i]!));
        assert.deepEqual(pay('unambiguous', group), plain);
      }),
    );
  });
});

test('spans are forgotten after so many steps', () => {
  const history = new RecentSpans(2);
  for (let step = 1; step <= 4; step++) history.add(step, [span('a', 4, step)]);
  assert.equal(history.timesMasked('a'), 3);
  assert.deepEqual(history.solvedBefore('a', 4), { solved: 8, attempts: 16 });
});
