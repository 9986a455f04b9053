import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { ConfigReader } from '../../../../../infra/engine/model-files/config-reader.ts';
import { parseRope } from '../../../../../infra/engine/model-files/rope-config.ts';
import { ropeFrequencies } from '../../../../../infra/engine/tfjs/model/rope-frequencies.ts';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';

/** What tests/fixtures/make-golden-families.py writes. */
interface GoldenFrequencies {
  readonly name: string;
  readonly fields: { readonly max_position_embeddings: number; readonly head_dim: number };
  readonly inverse: readonly number[];
  readonly attentionFactor: number;
}

const cases = JSON.parse(await readFile(fixturePath('golden', 'rope-frequencies.json'), 'utf8')) as GoldenFrequencies[];

describe('inverse frequencies and attention factor are those of transformers, to two steps of float32', () => {
  for (const { name, fields, ...expected } of cases) {
    test(name, () => {
      const rope = parseRope(new ConfigReader(fields, 'config.json'), 10_000, fields.max_position_embeddings);
      const { inverse, attentionFactor } = ropeFrequencies({ headDim: fields.head_dim, ...rope });
      assert.equal(inverse.length, expected.inverse.length);
      for (const [pair, frequency] of expected.inverse.entries()) {
        assert.ok(Math.abs(inverse[pair]! - frequency) <= 2 ** -22 * frequency, `pair ${pair}: ${inverse[pair]}, not ${frequency}`);
      }
      assert.ok(Math.abs(attentionFactor - expected.attentionFactor) <= 1e-12);
    });
  }
});
