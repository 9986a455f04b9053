import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { promptTree, type PromptRun } from '../../../../../infra/engine/tfjs/sampling/prompt-tree.ts';

const spell = ({ before, tokens }: PromptRun): readonly number[] => [...(before === null ? [] : spell(before)), ...tokens];
const prompts = fc.array(fc.array(fc.nat(2), { minLength: 1, maxLength: 8 }), { maxLength: 12 });

describe('the tree of prompts', () => {
  test('spells each prompt up to the run at which it ends', () => {
    fc.assert(
      fc.property(prompts, (given) => {
        const ending = promptTree(given).flatMap((run) => run.ending.map((prompt) => [prompt, spell(run)] as const));
        assert.deepEqual(ending.sort(([a], [b]) => a - b).map(([, tokens]) => tokens), given);
      }),
    );
  });

  test('has each shared beginning once', () => {
    fc.assert(
      fc.property(prompts, (given) => {
        const beginnings = new Set(given.flatMap((prompt) => prompt.map((_, i) => prompt.slice(0, i + 1).join())));
        assert.equal(promptTree(given).reduce((sum, { tokens }) => sum + tokens.length, 0), beginnings.size);
      }),
    );
  });

  test('lists a run after the one before it, and those of a subtree side by side', () => {
    fc.assert(
      fc.property(prompts, (given) => {
        const path: PromptRun[] = [];
        for (const run of promptTree(given)) {
          while (path.length > 0 && path.at(-1) !== run.before) path.pop();
          assert.equal(path.at(-1) ?? null, run.before);
          path.push(run);
        }
      }),
    );
  });
});
