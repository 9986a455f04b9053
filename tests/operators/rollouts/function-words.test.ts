import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFunctionWord } from '../../../operators/rollouts/function-words.ts';

const kinds = (words: string, opens: boolean): boolean[] => words.split(' ').map((word) => isFunctionWord(word, opens));

test('articles, pronouns and the like are, with a capital where they open a sentence, and joined by an apostrophe', () => {
  assert.ok(kinds("the of it who may himself cannot it's isn't don’t they’ve won't can't", false).every(Boolean));
  assert.ok(kinds("The Of It Who May I I'm It's Don't", true).every(Boolean));
  assert.ok(kinds("I I'm I've", false).every(Boolean));
});

test('names are not, though they are spelled like them, and neither is what carries content', () => {
  assert.ok(!kinds('May Who The Will US IT', false).some(Boolean));
  assert.ok(!kinds('US IT WHO', true).some(Boolean));
  assert.ok(!kinds("city Aristotle's 1870 o'clock Größe n't", false).some(Boolean));
});
