/**
 * Attention of one position, for the query heads that share a key head: softmax(q K^T) V over the tokens of a sequence, which lie in segments of cache blocks. Sums
 * go by position, wherever segments begin and end: the result is the same to the bit however a sequence is cut. Nothing can go wrong.
 */
import { f32, f32x4, func, i32, if_, local, v128, type Local, type StackVar } from 'wasmati';
import { exponential } from './exponential.ts';
import { largestLane, sumLanes } from './lanes.ts';
import { whileBelow } from './loops.ts';

/** Tokens of a cache block. */
export const blockTokens = 16;
/** Bytes of a segment: the address of its block, and how many of the block's tokens it has. */
export const segmentBytes = 8;
/** Floats of scores that an attention over `length` positions writes. */
export const scoreFloats = (length: number): number => mostQueries * (length + scoresApart);

const mostQueries = 2; // at once
const scoresApart = 20; // floats: a block written beyond the end, and a vector
const keyVectors = blockTokens / 4;
const wideVectors = 4; // of values at once
const zero = (): StackVar<'v128'> => v128.const('f32x4', [0, 0, 0, 0]);

/**
 * (queries, queryCount, segments, keys, values, length, seenFrom, scores, out, headDim): queries and out [queryCount, headDim]; keys and values are where a block has
 * those of the head, [headDim, 16] and [16, headDim], in bytes from its start; positions seenFrom to length are seen; headDim is a multiple of 4.
 */
export function attendKernel() {
  return func(
    {
      in: [i32, i32, i32, i32, i32, i32, i32, i32, i32, i32],
      locals: [
        ...([i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32] as const),
        ...([v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128] as const),
      ],
      out: [],
    },
    ([queries, queryCount, segments, keys, values, length, seenFrom, scores, out, headDim], locals) => {
      const [segment, base, count, block, pointer, end, at, column, headBytes, apart, queriesEnd, first, columnsEnd, pairBytes] = locals.slice(0, 14) as Local<'i32'>[] as Tuple<14, Local<'i32'>>;
      const [splat, x, power, isTiny, sum, inverse0, inverse1, ...rest] = locals.slice(14) as Local<'v128'>[] as [...Tuple<7, Local<'v128'>>, ...Local<'v128'>[]];
      const loaded = rest.slice(0, 4);
      const sums = rest.slice(4);
      const inverses = [inverse0, inverse1];

      const eachSegment = (body: () => void): void => {
        local.set(segment, segments);
        local.set(base, 0);
        whileBelow(base, length, count, () => {
          local.set(block, i32.load({}, segment));
          local.set(count, i32.load({ offset: 4 }, segment));
          body();
          local.set(segment, i32.add(segment, segmentBytes));
        });
      };

      const score = (together: number): void => {
        eachSegment(() => {
          i32.gt_s(i32.add(base, count), seenFrom);
          if_(null, () => {
            for (const vector of sums) local.set(vector, zero());
            local.set(pointer, i32.add(block, keys));
            local.set(end, i32.add(pointer, i32.mul(headDim, 4 * blockTokens)));
            local.set(at, queries);
            whileBelow(pointer, end, 4 * blockTokens, () => {
              for (let v = 0; v < keyVectors; v++) local.set(loaded[v]!, v128.load({ offset: 16 * v }, pointer));
              for (let q = 0; q < together; q++) {
                local.set(splat, v128.load32_splat({}, q === 0 ? at : i32.add(at, headBytes)));
                for (let v = 0; v < keyVectors; v++) addProduct(sums[q * keyVectors + v]!, splat, loaded[v]!);
              }
              local.set(at, i32.add(at, 4));
            });
            local.set(at, i32.add(scores, i32.shl(base, 2)));
            for (let q = 0; q < together; q++) {
              for (let v = 0; v < keyVectors; v++) v128.store({ offset: 16 * v }, at, sums[q * keyVectors + v]!);
              local.set(at, i32.add(at, apart));
            }
          });
        });
      };

      /** Scores of a query become exp(score - largest); what they sum to is kept as its inverse. */
      const softmax = (query: number): void => {
        const from = (position: Local<'i32'>): StackVar<'i32'> => {
          const address = i32.add(scores, i32.shl(position, 2));
          return query === 0 ? address : i32.add(address, apart);
        };
        local.set(end, from(length));
        v128.store({}, end, v128.const('f32x4', [-Infinity, -Infinity, -Infinity, -Infinity]));
        local.set(sum, v128.const('f32x4', [-Infinity, -Infinity, -Infinity, -Infinity]));
        local.set(pointer, from(seenFrom));
        whileBelow(pointer, end, 16, () => local.set(sum, f32x4.max(sum, v128.load({}, pointer))));
        local.set(splat, f32x4.splat(largestLane(sum)));
        local.set(sum, zero());
        local.set(pointer, from(seenFrom));
        whileBelow(pointer, end, 16, () => {
          local.set(x, f32x4.sub(v128.load({}, pointer), splat));
          local.set(x, exponential({ x, power, isTiny }));
          v128.store({}, pointer, x);
          local.set(sum, f32x4.add(sum, x));
        });
        local.set(inverses[query]!, f32x4.splat(f32.div(1, sumLanes(sum))));
      };

      /** Columns of the result from `column` on. */
      const mixValues = (together: number, vectors: number): void => {
        for (const vector of sums) local.set(vector, zero());
        eachSegment(() => {
          local.set(first, i32.sub(seenFrom, base));
          i32.lt_s(first, 0);
          if_(null, () => local.set(first, 0));
          local.set(pointer, i32.add(i32.add(block, values), column));
          local.set(end, i32.sub(length, base));
          i32.gt_s(end, count);
          if_(null, () => local.set(end, count));
          local.set(end, i32.add(pointer, i32.mul(end, headBytes)));
          local.set(pointer, i32.add(pointer, i32.mul(first, headBytes)));
          local.set(at, i32.add(scores, i32.shl(i32.add(base, first), 2)));
          whileBelow(pointer, end, headBytes, () => {
            for (let v = 0; v < vectors; v++) local.set(loaded[v]!, v128.load({ offset: 16 * v }, pointer));
            for (let q = 0; q < together; q++) {
              local.set(splat, v128.load32_splat({}, q === 0 ? at : i32.add(at, apart)));
              for (let v = 0; v < vectors; v++) addProduct(sums[q * vectors + v]!, splat, loaded[v]!);
            }
            local.set(at, i32.add(at, 4));
          });
        });
        local.set(at, i32.add(out, column));
        for (let q = 0; q < together; q++) {
          for (let v = 0; v < vectors; v++) v128.store({ offset: 16 * v }, at, f32x4.mul(sums[q * vectors + v]!, inverses[q]!));
          local.set(at, i32.add(at, headBytes));
        }
      };

      const attend = (together: number): void => {
        score(together);
        for (let q = 0; q < together; q++) softmax(q);
        local.set(column, 0);
        local.set(columnsEnd, i32.and(headBytes, -16 * wideVectors));
        whileBelow(column, columnsEnd, 16 * wideVectors, () => mixValues(together, wideVectors));
        whileBelow(column, headBytes, 16, () => mixValues(together, 1));
        local.set(out, i32.add(out, i32.mul(headBytes, together)));
      };

      local.set(headBytes, i32.shl(headDim, 2));
      local.set(apart, i32.shl(i32.add(length, scoresApart), 2));
      local.set(pairBytes, i32.shl(headBytes, 1));
      local.set(queriesEnd, i32.add(queries, i32.mul(i32.and(queryCount, -2), headBytes)));
      whileBelow(queries, queriesEnd, pairBytes, () => attend(2));
      i32.and(queryCount, 1);
      if_(null, () => attend(1));
    },
  );
}

type Tuple<N extends number, T, R extends T[] = []> = R['length'] extends N ? R : Tuple<N, T, [...R, T]>;

function addProduct(sum: Local<'v128'>, a: Local<'v128'>, b: Local<'v128'>): void {
  local.set(sum, f32x4.add(sum, f32x4.mul(a, b)));
}
