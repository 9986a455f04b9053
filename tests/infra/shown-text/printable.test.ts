import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { printable, revealed, revealedAgainst } from '../../../infra/shown-text/printable.ts';

test('an answer shows the white space that would ruin it', () => {
  assert.equal(revealed(' Paris\u00a0'), '·Paris⍽');
  assert.equal(revealed('New  York\n'), 'New··York⏎');
  assert.equal(revealed('New York'), 'New York');
  assert.equal(revealed('a\tb\u200bc\u2003d'), 'a⇥b<U+200B>c<U+2003>d');
});

test('letters and marks that are drawn as nothing are shown; in prose a symbol keeps its drawing', () => {
  assert.equal(revealed('\u3164'), '<U+3164>');
  assert.equal(revealed('Rome\ufe0f\u2800'), 'Rome<U+FE0F><U+2800>');
  assert.equal(printable('a\u3164b'), 'a<U+3164>b');
  assert.equal(printable('\u2764\ufe0f'), '\u2764\ufe0f');
});

test('texts that differ but look alike are told apart', () => {
  assert.equal(revealedAgainst('cafe\u0301', 'caf\u00e9'), 'cafe<U+0301>');
  assert.equal(revealedAgainst('caf\u00e9', 'caf\u00e9'), 'caf\u00e9');
  assert.equal(revealedAgainst('Paris', 'London'), 'Paris');
});

test('no control character reaches the terminal, whatever the text', () => {
  const escapes = fc.constantFrom('\u001b[2J', '\u0007', '\u009b', '\r', '\u202e');
  const text = fc.array(fc.oneof(escapes, fc.string({ unit: 'binary' }))).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (original) => {
      assert.doesNotMatch(printable(original), /(?!\n)\p{C}/u);
      assert.doesNotMatch(revealed(original), /\p{C}/u);
    }),
  );
});

test('plain prose stays as it is', () => {
  fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9 ,.;'"()-]*$/), (text) => assert.equal(printable(text), text)));
});
