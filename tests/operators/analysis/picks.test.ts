import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { describePick, type Pick } from '../../../operators/analysis/describe-pick.ts';
import { commonTexts, pickFigures } from '../../../operators/analysis/pick-figures.ts';
import { addTallies, tallyPicks } from '../../../operators/analysis/pick-tally.ts';
import { corpusWords } from '../../../operators/analysis/word-rarity.ts';

const paragraph = { title: 'Rome', text: 'Rome is the capital of Italy. The card was written by Talbot.' };
const labels = new Map([[paragraph.text, [{ start: 23, end: 28, class: 'knowledge' }, { start: 0, end: 4, class: 'inferable' }, { start: 54, end: 60, class: 'noise' }]]]);

const figureOf = (picks: readonly Pick[], name: string): number | undefined => pickFigures(tallyPicks(picks), ['knowledge', 'noise']).find((figure) => figure.name === name)?.value;

test('a pick carries class, kind, length, place, rarity and how often it was solved', () => {
  const mask = { paragraph, maskText: 'Italy', spanStarts: [23], solved: 3, attempts: 4 };
  const pick = describePick(mask, { labels, rarity: (text) => text.length });
  assert.deepEqual(pick, { text: 'Italy', spanClass: 'knowledge', kind: 'name', words: 1, position: 23 / paragraph.text.length, rarity: 5, solved: 3, attempts: 4 });
});

test('without labels there is no class; where labels do not know the paragraph it is unlabelled', () => {
  const mask = { paragraph: { title: '', text: 'Other text here.' }, maskText: 'text', spanStarts: [6], solved: 0, attempts: 0 };
  assert.equal(describePick(mask, { labels: null, rarity: () => null }).spanClass, null);
  assert.equal(describePick(mask, { labels, rarity: () => null }).spanClass, 'unlabelled');
});

test('rarity is the bits of the rarest word, over distinct paragraphs, in any case of letters', () => {
  const words = corpusWords();
  assert.equal(words.rarity('Rome'), null, 'before any paragraph');
  for (const text of ['Rome is old.', 'Rome is old.', 'rome is big.', 'Paris is big.', 'Bonn is small.']) words.add(text);
  assert.equal(words.rarity('is'), 0);
  assert.equal(words.rarity('ROME'), 1);
  assert.equal(words.rarity('is Paris'), 2);
  assert.equal(words.rarity('unheard of'), 2, 'as if one paragraph held it');
  assert.equal(words.rarity(' – '), null);
});

const pick = (changes: Partial<Pick>): Pick => ({ text: 'a', spanClass: 'knowledge', kind: 'name', words: 1, position: 0, rarity: 1, solved: 1, attempts: 4, ...changes });

test('figures are shares and means over the picks', () => {
  const picks = [pick({}), pick({ text: 'b', spanClass: 'noise', kind: 'number', words: 3, position: 0.5, rarity: null, solved: 4 }), pick({}), pick({ text: 'c', solved: 0, attempts: 0 })];
  assert.equal(figureOf(picks, 'class noise'), 0.25);
  assert.equal(figureOf(picks, 'kind name'), 0.75);
  assert.equal(figureOf(picks, 'kind date'), 0);
  assert.equal(figureOf(picks, 'length'), 1.5);
  assert.equal(figureOf(picks, 'position'), 0.125);
  assert.equal(figureOf(picks, 'rarity'), 1, 'over those that have words');
  assert.equal(figureOf(picks, 'solved'), 0.5);
  assert.equal(figureOf(picks, 'distinct texts'), 75);
  assert.equal(figureOf(picks, 'commonest text'), 0.5);
  assert.deepEqual(commonTexts(tallyPicks(picks), 2), [{ text: 'a', share: 0.5, solved: 0.25 }, { text: 'b', share: 0.25, solved: 1 }]);
});

test('no picks, no figures; no labels, no classes', () => {
  assert.deepEqual(pickFigures(tallyPicks([]), ['noise']), []);
  assert.equal(figureOf([pick({ spanClass: null })], 'class noise'), undefined);
});

const arbitraryPick = fc.record({
  text: fc.constantFrom('a', 'b', 'c'),
  spanClass: fc.constantFrom('knowledge', 'noise'),
  kind: fc.constantFrom('name' as const, 'other' as const),
  words: fc.nat(4),
  position: fc.constantFrom(0, 0.25, 0.5),
  rarity: fc.option(fc.nat(9)),
  solved: fc.nat(4),
  attempts: fc.constant(4),
});

test('adding up the tallies of parts is tallying the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.array(arbitraryPick)), (parts) => {
      const figures = (tally: ReturnType<typeof tallyPicks>) => [pickFigures(tally, ['knowledge', 'noise']), commonTexts(tally, 3)];
      assert.deepEqual(figures(addTallies(parts.map(tallyPicks))), figures(tallyPicks(parts.flat())));
    }),
  );
});
