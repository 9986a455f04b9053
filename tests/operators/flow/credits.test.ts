import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createCredits } from '../../../operators/flow/credits.ts';

test('whatever is granted and given back, the credits out stay between none and all, or it is an error', () => {
  const move = fc.record({ grant: fc.boolean(), count: fc.nat(8) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(move, { maxLength: 40 }), (capacity, moves) => {
      const credits = createCredits(capacity);
      let out = 0;
      for (const { grant, count } of moves) {
        const after = grant ? out + count : out - count;
        const act = (): void => (grant ? credits.grant({ step: 1, firstSlot: 0, count }) : credits.giveBack(count));
        if (after < 0 || after > capacity) assert.throws(act, { code: 'LEDGER_UNBALANCED' });
        else {
          act();
          out = after;
        }
        assert.equal(credits.inFlight(), out);
      }
    }),
  );
});

test('grants made before anybody reads them are served, in order, and completion comes last', () => {
  const credits = createCredits(6);
  credits.grant({ step: 1, firstSlot: 0, count: 3 });
  credits.grant({ step: 2, firstSlot: 0, count: 3 });
  const seen: (number | string)[] = [];
  credits.grants.subscribe({ next: (grant) => seen.push(grant.step), complete: () => seen.push('end') });
  credits.giveBack(3);
  credits.grant({ step: 3, firstSlot: 0, count: 3 });
  credits.close();
  assert.deepEqual(seen, [1, 2, 3, 'end']);
});

test('paragraphs that a resume brings back take credits too', () => {
  const credits = createCredits(4);
  credits.take(3);
  assert.throws(() => credits.grant({ step: 1, firstSlot: 0, count: 2 }), { code: 'LEDGER_UNBALANCED', message: /3 of 4 credits were out/ });
});
