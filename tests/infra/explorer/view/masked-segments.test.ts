import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { coarseToFine } from '../../../../infra/explorer/view/coarse-to-fine.ts';
import { maskedSegments } from '../../../../infra/explorer/view/masked-segments.ts';
import { numberRanges } from '../../../../infra/explorer/view/number-ranges.ts';
import { solvedShade } from '../../../../infra/explorer/view/solved-shade.ts';

test('masks in place, where they overlap too', () => {
  const text = 'The capital of Nepal is Kathmandu.';
  const passages = [
    { maskIndex: 0, maskText: 'capital of Nepal', spanStarts: [4] },
    { maskIndex: 2, maskText: 'Nepal is', spanStarts: [15] },
    { maskIndex: 3, maskText: 'a', spanStarts: [5, 9] },
  ];
  assert.deepEqual(
    maskedSegments(text, passages).map(({ text, masks, begins }) => [text, masks, begins]),
    [
      ['The ', [], []],
      ['c', [0], [0]],
      ['a', [0, 3], [3]],
      ['pit', [0], []],
      ['a', [0, 3], [3]],
      ['l of ', [0], []],
      ['Nepal', [0, 2], [2]],
      [' is', [2], []],
      [' Kathmandu.', [], []],
    ],
  );
});

test('the pieces are the text again, whatever the spans', () => {
  const passage = fc.record({ maskIndex: fc.nat(9), maskText: fc.string(), spanStarts: fc.array(fc.integer({ min: -5, max: 60 })) });
  fc.assert(
    fc.property(fc.string({ maxLength: 50 }), fc.array(passage), (text, passages) => {
      assert.equal(maskedSegments(text, passages).map((segment) => segment.text).join(''), text);
    }),
  );
});

test('coarse to fine: every place once, the first round spread over all and with the newest', () => {
  fc.assert(
    fc.property(fc.nat(3000), fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 300 }), (count, coarse, block) => {
      const rounds = coarseToFine(count, coarse, block);
      const places = rounds.flatMap((round) => round.places);
      assert.deepEqual(places.toSorted((a, b) => a - b), Array.from({ length: count }, (_, i) => i));
      if (count > 0) assert.equal(rounds[0]!.places.at(-1), count - 1);
      assert.ok((rounds[0]?.places.length ?? 0) <= coarse);
      for (const round of rounds.slice(1)) assert.ok(round.places.length <= block);
    }),
  );
});

test('shades from never to always; both ends stand alone', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map((solved) => solvedShade(solved, 8)), [0, 1, 2, 2, 3, 3, 4, 4, 5]);
  assert.equal(solvedShade(0, 0), null);
});

test('numbers next to each other become a range', () => {
  assert.equal(numberRanges([0, 2, 3, 4, 7]), '0,2–4,7');
  assert.equal(numberRanges([]), '');
});
