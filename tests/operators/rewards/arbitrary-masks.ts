/** Groups of masks with what was masked in the steps before, for property tests of generation rewards. */
import fc from 'fast-check';
import type { MaskOutcome } from '../../../operators/rewards/generation/generation-rule.ts';
import { RecentSpans } from '../../../operators/rewards/recent-spans.ts';
import type { SpanRecord } from '../../../operators/rewards/span-record.ts';

const answers = ['the', 'it', 'its', ''];

function arbitraryRecord(policyVersion: number): fc.Arbitrary<SpanRecord> {
  return fc
    .record({ text: fc.constantFrom('a', 'b', 'c'), attempts: fc.integer({ min: 1, max: 8 }), share: fc.double({ min: 0, max: 1, noNaN: true }), seed: fc.nat(3) })
    .map(({ text, attempts, share, seed }) => {
      const solved = Math.round(share * attempts);
      const wrongAnswers = Array.from({ length: attempts - solved }, (_, i) => answers[(seed + i) % answers.length]!);
      return { groupId: `${text}/${seed}`, text, policyVersion, solved, attempts, wrongAnswers };
    });
}

/** The group is of version 3, step 4; `before` are the records of steps 1 to 3, of versions 0 to 2. */
export const arbitraryMasks = fc.record({
  group: fc.array(fc.option(arbitraryRecord(3), { nil: null }), { minLength: 1, maxLength: 8 }),
  before: fc.tuple(...[0, 1, 2].map((version) => fc.array(arbitraryRecord(version), { maxLength: 5 }))),
});

export function historyOf(group: readonly MaskOutcome[], before: readonly (readonly SpanRecord[])[]): RecentSpans {
  const history = new RecentSpans(10);
  before.forEach((records, i) => history.add(i + 1, records));
  history.add(4, group.filter((mask) => mask !== null));
  return history;
}
