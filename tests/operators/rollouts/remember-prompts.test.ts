import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rememberPrompts } from '../../../operators/rollouts/remember-prompts.ts';

test('a prompt is encoded once while it is among the last that were asked for', () => {
  const encoded: string[] = [];
  const encode = rememberPrompts((prompt) => {
    encoded.push(prompt);
    return Array.from(prompt, (character) => character.codePointAt(0)!);
  }, 6);
  assert.deepEqual(encode('ab'), [97, 98]);
  assert.equal(encode('ab'), encode('ab'));
  for (const prompt of ['cd', 'ab', 'ef', 'gh']) encode(prompt); // "cd" is the one asked for longest ago
  assert.deepEqual(encoded, ['ab', 'cd', 'ef', 'gh']);
  for (const prompt of ['ab', 'ef', 'gh', 'cd']) encode(prompt);
  assert.deepEqual(encoded, ['ab', 'cd', 'ef', 'gh', 'cd']);
});

test('what is larger than all that may be kept is encoded each time, and nothing else is kept beside it', () => {
  let count = 0;
  const encode = rememberPrompts((prompt) => {
    count += 1;
    return Array.from(prompt, () => 0);
  }, 3);
  for (const prompt of ['a', 'long', 'long', 'a']) encode(prompt);
  assert.equal(count, 4);
});
