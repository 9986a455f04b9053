import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { CopyingRule } from '../../../../operators/ports/copying-rule.ts';
import { uniforms, drawInt } from '../../../../operators/flow/seeds.ts';
import { CopyingRules } from '../../../../operators/rollouts/copying/copying-rules.ts';
import { allowedTokens, CopyingWalk } from '../../../../operators/rollouts/copying/copying-walk.ts';
import { contentSpans } from '../../../../operators/rollouts/content-spans.ts';
import { parseLastBraced } from '../../../../operators/rollouts/parse-answer.ts';
import { regulariseMask } from '../../../../operators/rollouts/regularise-mask.ts';

const encoder = new TextEncoder();
const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
/** All bytes, longer pieces of words after them, tokens that cross a brace, and one that is no text. */
const pieces = ['Lo', 'ire', ' is', ' is long', 'River', ' Loire', '}.', '}\n', '{', '{L', '\\mask', '\\mask{', 'é', ' the', 'ng'];
const tokens = [...bytes, ...pieces.map((piece) => encoder.encode(piece)), null];
const rules = new CopyingRules(tokens);
const idOf = (piece: string): number => 256 + pieces.indexOf(piece);
const stop = tokens.length - 1;
const spell = (ids: readonly number[]): string => Buffer.concat(ids.map((id) => tokens[id] ?? new Uint8Array(0))).toString();

const word = fc.oneof(fc.stringMatching(/^[a-z0-9é中]{1,6}$/), fc.constantFrom('Loire', 'River', 'is', 'the', '{x}', 'a-b', "don't", '…', '4,000', '🦊'));

const paragraph = 'The River Loire is long. Loire {wine} is the best, né?';

test('any token may come until a mask is opened, and again once it is closed', () => {
  const walk = new CopyingWalk(rules.wordsOf(paragraph));
  for (const id of [...encoder.encode('Thinking: \\mas \\mask of \\mask'), stop]) {
    assert.equal(walk.allowed(), null);
    walk.take(id);
  }
  walk.take(idOf('\\mask{'));
  assert.notEqual(walk.allowed(), null);
  for (const piece of ['Lo', 'ire', '}.']) walk.take(idOf(piece));
  assert.equal(walk.allowed(), null);
});

test('a mask begins where a word begins, goes on as the text does, and ends where a word ends', () => {
  const rule = rules.wordsOf(paragraph);
  const after = (...ids: number[]): string[] => {
    const walk = new CopyingWalk(rule);
    for (const id of [idOf('\\mask{'), ...ids]) walk.take(id);
    return walk.allowed()!.map((id) => spell([id])).sort();
  };
  assert.deepEqual(after(), ['L', 'Lo', 'R', 'River', 'T', 'b', 'i', 'l', 'n', 't', 'w']);
  assert.deepEqual(after(...encoder.encode('wine')), ['}', '}\n', '}.']); // not across a brace
  assert.deepEqual(after(idOf('Lo')), ['i', 'ire']);
  assert.deepEqual(after(idOf('Lo'), idOf('ire')), [' ', ' is', ' is long', '}', '}\n', '}.']);
  assert.deepEqual(after(idOf('River')), [' ', ' Loire', '}', '}\n', '}.']);
});

describe('a rule of names', () => {
  const text = 'Here the River Loire has 1,012 km. The Loire is long.';
  const next = (rule: CopyingRule, ...ids: number[]): string[] | null => {
    const walk = new CopyingWalk(rule);
    for (const id of ids) walk.take(id);
    return walk.allowed()?.map((id) => spell([id])).sort() ?? null;
  };

  test('begins where a name or a number begins, and ends where it ends', () => {
    const rule = rules.namesOf(text, false);
    assert.equal(next(rule), null);
    assert.deepEqual(next(rule, idOf('\\mask{')), ['1', 'L', 'Lo', 'R', 'River']);
    assert.deepEqual(next(rule, idOf('\\mask{'), idOf('River')), [' ', ' Loire']);
    assert.deepEqual(next(rule, idOf('\\mask{'), idOf('River'), idOf(' Loire')), ['}', '}\n', '}.']);
    assert.deepEqual(next(rule, idOf('\\mask{'), idOf('Lo'), idOf('ire')), ['}', '}\n', '}.']); // not on to "has", nor to "is"
    assert.deepEqual(next(rule, idOf('\\mask{'), ...encoder.encode('1,01')), ['2']);
  });

  test('can ask for the mask at once, and says nothing more once it was closed', () => {
    const rule = rules.namesOf(text, true);
    assert.deepEqual(next(rule), ['\\', '\\mask', '\\mask{']);
    assert.deepEqual(new Set(next(rule, idOf('\\mask'))), new Set(['{'])); // not "{L"
    assert.deepEqual(next(rule, ...encoder.encode('\\ma')), ['s']);
    assert.equal(next(rule, idOf('\\mask{'), idOf('Lo'), idOf('ire'), idOf('}.')), null);
  });

  test('of content words is of one word that is no function word', () => {
    const rule = rules.contentWordsOf('It rains on the hill', true);
    assert.equal(rule.copies, 'content-words');
    assert.deepEqual(next(rule, idOf('\\mask{')), ['h', 'r']);
    assert.deepEqual(next(rule, idOf('\\mask{'), ...encoder.encode('rain')), ['s']);
    assert.deepEqual(next(rule, idOf('\\mask{'), ...encoder.encode('rains')), ['}', '}\n', '}.']);
  });

  test('is one of words where there is nothing of the kind', () => {
    const plain = 'so it is';
    assert.deepEqual(rules.namesOf(plain, false), { ...rules.wordsOf(plain), copies: 'names' });
    assert.deepEqual(next(rules.namesOf(plain, true), idOf('\\mask{')), ['i', 's']);
  });

  test('whatever is drawn is one of the names and numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.constantFrom('Żółw', '1989', 'Ada Lovelace', '42', 'Éire.')), { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (words, seed) => {
        const text = words.join(' ').normalize('NFC');
        const names = contentSpans(text).map(({ start, end }) => text.slice(start, end));
        fc.pre(names.length > 0);
        const draw = uniforms(seed);
        const walk = new CopyingWalk(rules.namesOf(text, true));
        const response: number[] = [];
        for (let allowed = walk.allowed(); allowed !== null; allowed = walk.allowed()) {
          response.push(allowed[drawInt(draw, allowed.length)]!);
          walk.take(response.at(-1)!);
        }
        const { answer } = parseLastBraced(spell(response), 'mask')!;
        assert.ok(names.includes(answer), `${answer} of ${text}`);
      }),
      { numRuns: 300 },
    );
  });
});

test('a token that opens the mask and begins the copy counts as both', () => {
  const walk = new CopyingWalk(rules.wordsOf(paragraph));
  walk.take(idOf('\\mask'));
  walk.take(idOf('{L'));
  assert.deepEqual(walk.allowed(), ['o'.charCodeAt(0)]);
});

test('a response that left the rule goes on without one', () => {
  const walk = new CopyingWalk(rules.wordsOf(paragraph));
  for (const id of [idOf('\\mask{'), 'z'.charCodeAt(0)]) walk.take(id);
  assert.equal(walk.allowed(), null);
});

test('what breaks off a copy may be the beginning of the next opening', () => {
  const walk = new CopyingWalk(rules.wordsOf(paragraph));
  for (const id of [idOf('\\mask{'), ...encoder.encode('\\mask{')]) walk.take(id);
  assert.notEqual(walk.allowed(), null);
});

test('whatever is drawn from the allowed tokens is a span of whole words of the paragraph, and there is always one to draw', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (words, seed) => {
      const text = words.join(' ').normalize('NFC');
      const draw = uniforms(seed);
      const walk = new CopyingWalk(rules.wordsOf(text));
      const response = [idOf('\\mask{')];
      walk.take(response[0]!);
      for (let allowed = walk.allowed(); allowed !== null; allowed = walk.allowed()) {
        assert.ok(allowed.length > 0);
        response.push(allowed[drawInt(draw, allowed.length)]!);
        walk.take(response.at(-1)!);
      }
      if (response.length === 1) return; // no word
      const { answer } = parseLastBraced(spell(response), 'mask')!;
      const mask = regulariseMask(text, answer, 'whole-words', 1000, () => 0);
      assert.ok(mask.usable || mask.rejection === 'whole-paragraph', `${answer} of ${text}: ${mask.usable ? '' : mask.rejection}`);
      const all = allowedTokens(rules.wordsOf(text), response);
      assert.equal(all[0], null);
      response.slice(1).forEach((id, i) => assert.ok(all[i + 1]!.includes(id)));
    }),
    { numRuns: 300 },
  );
});

test('of a text without words, or a vocabulary that cannot spell them, nothing is asked', () => {
  for (const [vocabulary, text] of [[rules, '… — {}'], [new CopyingRules([encoder.encode('\\mask{')]), 'Loire']] as const) {
    const walk = new CopyingWalk(vocabulary.wordsOf(text));
    walk.take(vocabulary === rules ? idOf('\\mask{') : 0);
    assert.equal(walk.allowed(), null);
  }
});
