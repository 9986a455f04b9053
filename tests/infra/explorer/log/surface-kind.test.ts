import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { surfaceKind, surfaceKinds } from '../../../../infra/explorer/log/surface-kind.ts';

test('what a text looks like', () => {
  const examples: Readonly<Record<string, string>> = {
    Rome: 'name',
    'the Bay of Bengal': 'name',
    Örebro: 'name',
    '1,204': 'number',
    'in 1825': 'number',
    'The': 'function word',
    'of the': 'phrase',
    'adriatic': 'word',
    'capital city': 'phrase',
    'an official Language': 'phrase',
    ', ': 'fragment',
    s: 'fragment',
    '': 'fragment',
  };
  for (const [text, kind] of Object.entries(examples)) assert.equal(surfaceKind(text), kind, JSON.stringify(text));
});

test('every text has a kind, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.ok(surfaceKinds.includes(surfaceKind(text)));
      assert.equal(surfaceKind(`name${text.replace(/\p{Nd}/gu, '')} 7`), 'number');
    }),
  );
});
