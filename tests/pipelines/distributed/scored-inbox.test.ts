import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScoredInbox, type ScoredMessage } from '../../../pipelines/distributed/scored-inbox.ts';
import { sampleParagraph } from '../../sample-paragraph.ts';

const scored = (step: number, slot: number, text = ''): ScoredMessage => {
  const paragraph = { ...sampleParagraph(), id: `${step}/${slot}`, step, slot, cohortFirstSlot: 0, cohortSize: 2, text };
  return { record: { paragraph, maskRollouts: [], passages: [], predictions: [], groups: [] }, letters: [] };
};

function inbox() {
  const delivered: string[] = [];
  return { delivered, box: new ScoredInbox(({ record: { paragraph } }) => delivered.push(`${paragraph.id}${paragraph.text}`)) };
}

test('a scored paragraph waits for its admission, and comes once, as it came first', () => {
  const { delivered, box } = inbox();
  box.scored(scored(1, 1, 'first'));
  box.scored(scored(1, 1, 'second'));
  assert.deepEqual(delivered, []);
  box.admitted({ step: 1, firstSlot: 0, count: 2 });
  box.scored(scored(1, 0));
  box.scored(scored(1, 0, 'again'));
  assert.deepEqual(delivered, ['1/1first', '1/0']);
});

test('of a step that is committed nothing comes any more, and nothing is kept', () => {
  const { delivered, box } = inbox();
  box.scored(scored(1, 0));
  box.committed(1);
  box.admitted({ step: 1, firstSlot: 0, count: 2 });
  box.scored(scored(1, 1));
  assert.deepEqual(delivered, []);
});
