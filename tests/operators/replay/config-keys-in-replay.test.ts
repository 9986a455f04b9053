import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configKeys } from '../../../infra/config/config-keys.ts';
import { refusalOf, replayClasses, replayClassOf, type ReplayKind } from '../../../operators/replay/config-keys-in-replay.ts';

test('every key of the config has a class, and every entry of a class is a key or section', () => {
  for (const key of configKeys) assert.notEqual(replayClassOf(key), null, key);
  for (const entry of Object.values(replayClasses).flat()) assert.ok(configKeys.some((key) => key === entry || key.startsWith(`${entry}.`)), entry);
});

test('the longest entry decides', () => {
  assert.equal(replayClassOf('optimiser.learningRate'), 'batching');
  assert.equal(replayClassOf('optimiser.beta1'), 'update');
  assert.equal(replayClassOf('engine.lora.rank'), 'update');
  assert.equal(replayClassOf('no.such.key'), null);
});

const cases: readonly (readonly [kind: ReplayKind, key: string, raised: boolean, says: RegExp | null])[] = [
  ['what-if', 'masks.regularise', false, null],
  ['what-if', 'rollouts.masksPerParagraph', false, null],
  ['what-if', 'rollouts.masksPerParagraph', true, /can be lowered, not raised/],
  ['what-if', 'rollouts.temperature', false, /decides what is sampled/],
  ['what-if', 'grpo.clipLow', false, /--train learns a model with it/],
  ['train', 'grpo.clipLow', true, null],
  ['train', 'corpus.path', false, /decides what is sampled/],
  ['gradients', 'masks.regularise', false, /--gradients computes the run's own again/],
  ['gradients', 'engine.backend', false, null],
];
for (const [kind, key, raised, says] of cases) {
  test(`${kind} ${says === null ? 'takes' : 'refuses'} ${key}${raised ? ', raised' : ''}`, () => {
    const refusal = refusalOf(kind, key, raised);
    if (says === null) assert.equal(refusal, null);
    else assert.match(refusal ?? '', says);
  });
}
