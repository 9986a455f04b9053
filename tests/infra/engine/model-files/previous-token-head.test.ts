import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialiseModel } from '../../../../infra/engine/model-files/initialise-model.ts';
import { readModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { placePreviousTokenHead } from '../../../../infra/engine/model-files/previous-token-head.ts';
import { RopeTable } from '../../../../infra/engine/tfjs/model/rope-table.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';

const config = { ...(await readModelConfig(fixturePath('golden', 'llama'))), width: 128, heads: 4, kvHeads: 2, headDim: 32, ropeTheta: 10_000 };
const positions = 40;

test('for about half of the positions the first key head of the first block prefers the token before; the second does not', () => {
  const weights = initialiseModel(config, 1, 0.08);
  placePreviousTokenHead(weights, config, 0.08);
  const embedding = weights.get('model.embed_tokens.weight')!.data;
  const rows = Array.from({ length: positions }, (_, t) => normed(embedding.slice((t + 3) * config.width, (t + 4) * config.width)));
  const heads = (name: string, head: number): number[][] => {
    const matrix = weights.get(`model.layers.0.self_attn.${name}.weight`)!.data;
    return rows.map((row, position) => rotated(product(matrix, head * config.headDim, row), position));
  };
  for (const [queryHead, keyHead, isPlaced] of [[0, 0, true], [1, 0, true], [2, 1, false]] as const) {
    const [queries, keys] = [heads('q_proj', queryHead), heads('k_proj', keyHead)];
    const favourites = queries.map((query, i) => {
      const scores = keys.slice(0, i + 1).map((key) => key.reduce((sum, k, d) => sum + k * query[d]!, 0));
      return i - scores.indexOf(Math.max(...scores));
    });
    const share = favourites.slice(1).filter((distance) => distance === 1).length / (positions - 1);
    if (isPlaced) assert.ok(share > 0.45, `head ${queryHead}: ${share}`);
    else assert.ok(share < 0.15, `head ${queryHead}: ${share}`);
  }
});

/** RMSNorm. */
function normed(row: Float32Array): number[] {
  const scale = 1 / Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / row.length);
  return [...row].map((value) => value * scale);
}

/** `headDim` rows of a [*, width] matrix from `first`, times a vector. */
function product(matrix: Float32Array, first: number, vector: readonly number[]): number[] {
  return Array.from({ length: config.headDim }, (_, r) => vector.reduce((sum, value, i) => sum + value * matrix[(first + r) * config.width + i]!, 0));
}

function rotated(head: readonly number[], position: number): number[] {
  const half = config.headDim / 2;
  const { cosines, sines } = new RopeTable(config.headDim, config.ropeTheta).upTo(position + 1);
  return head.map((value, i) => {
    const angle = position * half + (i % half);
    const other = i < half ? -head[i + half]! : head[i - half]!;
    return value * cosines[angle]! + other * sines[angle]!;
  });
}
