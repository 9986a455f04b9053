import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { spanKind, spanKinds, type SpanKind } from '../../../operators/analysis/span-kind.ts';

const title = 'Albania';
const text = 'Albania joined the league on 12 March 1955, a Monday. Its capital, Tirana, has about 600 000 people and twenty-one rivers. Shops take the lek. In Tirana shops are open. "Markets" are not.';

const cases: readonly (readonly [text: string, kind: SpanKind])[] = [
  ['Tirana', 'name'],
  ['Albania', 'name'], // first in its sentence, and in the title
  ['capital, Tirana', 'name'],
  ['12 March 1955', 'date'],
  ['March', 'date'],
  ['1955', 'date'],
  ['Monday', 'date'],
  ['600 000', 'number'],
  ['12', 'number'],
  ['twenty-one', 'number'],
  ['the', 'function'],
  ['on', 'function'],
  ['has about', 'function'],
  ['Its', 'function'],
  ['league', 'other'],
  ['joined the league', 'other'],
  ['Shops', 'other'], // with a capital for beginning a sentence alone
  ['"Markets', 'other'],
  ['600 000 people', 'other'],
  ['.', 'other'],
];

for (const [hidden, kind] of cases) {
  test(`"${hidden}" is of kind ${kind}`, () => {
    const start = text.indexOf(hidden);
    assert.equal(spanKind({ title, text }, { start, end: start + hidden.length }), kind);
  });
}

test('every span of any text has one of the kinds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), fc.nat(), (any, a, b) => {
      const [start, end] = [a % (any.length + 1), b % (any.length + 1)].sort((x, y) => x - y);
      assert.ok(spanKinds.includes(spanKind({ title: '', text: any }, { start: start!, end: end! })));
    }),
  );
});
