import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerOutcomes, answerSorts } from '../../../../infra/explorer/view/answer-filter.ts';
import { home, listings, readAddress, views, writeAddress, type Address } from '../../../../infra/explorer/view/address.ts';
import { duplicateChoices, fateChoices, outcomes, sortChoices } from '../../../../infra/explorer/view/mask-filter.ts';

const number = fc.option(fc.nat(999_999_999), { nil: null });
const choice = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: null });
const text = fc.string({ unit: 'grapheme' });
const name = fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: null });

const filter = fc.constantFrom('predict' as const, 'mask' as const).chain((role) =>
  fc.record({
    role: fc.constant(role),
    outcome: choice<(typeof outcomes)[typeof role][number]>(outcomes[role]),
    fate: choice(fateChoices),
    spanClass: fc.option(fc.string({ minLength: 1 }), { nil: null }),
    fromStep: number,
    toStep: number,
    minLength: number,
    maxLength: number,
    duplicates: choice(duplicateChoices),
    text,
    sort: choice(sortChoices),
  }, { noNullPrototype: true }),
);

const address: fc.Arbitrary<Address> = fc.record({
  view: fc.constantFrom(...views),
  run: text,
  beside: fc.option(fc.string({ minLength: 1 }), { nil: null }),
  step: number,
  slot: number,
  mask: number,
  prediction: number,
  listing: fc.constantFrom(...listings),
  filter,
  search: text,
  kind: fc.constantFrom('cloze' as const, 'mask-probe' as const),
  spanClass: fc.option(fc.string({ minLength: 1 }), { nil: null }),
  right: choice(['right', 'wrong'] as const),
  answers: fc.record({ benchmark: name, evaluation: name, category: name, outcome: choice(answerOutcomes), text, sort: choice(answerSorts) }, { noNullPrototype: true }),
  evaluation: name,
  batch: number,
  item: name,
  sample: number,
}, { noNullPrototype: true });

test('an address survives being written and read', () => {
  fc.assert(fc.property(address, (given) => assert.deepEqual(readAddress(writeAddress(given)), given)));
});

test('what an address does not say, or says wrongly, is as at home', () => {
  for (const wrong of ['', '#', '#view=nowhere', '#step=-1&slot=1e9&mask=x', '#outcome=always&role=mask', '#answered=perhaps&order=x&batch=-1&sample=1.5', '#%zz=%', '#step=99999999999']) assert.deepEqual({ ...readAddress(wrong), filter: home.filter }, home, wrong);
  assert.equal(readAddress('#role=mask&outcome=always').filter.outcome, null);
});
