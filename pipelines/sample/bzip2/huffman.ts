const LONGEST_CODE_BITS = 17; // bzip2 readers accept 20; its writer stays at 17

/** In: how often each symbol occurs. Out: a code length for each, none above 17 bits, none 0. */
export function codeLengths(counts: ArrayLike<number>): Uint8Array {
  let weights = Array.from(counts, (count) => Math.max(1, count));
  for (;;) {
    const lengths = treeDepths(weights);
    if (lengths.every((length) => length <= LONGEST_CODE_BITS)) return lengths;
    weights = weights.map((weight) => Math.floor(weight / 2) + 1); // a flatter tree
  }
}

/** In: code lengths. Out: the canonical code of each symbol: shorter first, then by symbol. */
export function canonicalCodes(lengths: Uint8Array): Uint32Array {
  const codes = new Uint32Array(lengths.length);
  let code = 0;
  for (let bits = 1; bits <= LONGEST_CODE_BITS; bits++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === bits) codes[symbol] = code++;
    code <<= 1;
  }
  return codes;
}

/** Depth of each leaf of the Huffman tree; two queues, so that ties always fall the same way. */
function treeDepths(weights: number[]): Uint8Array {
  const n = weights.length;
  const leaves = weights.map((_, leaf) => leaf).sort((a, b) => weights[a]! - weights[b]! || a - b);
  const weight = [...weights];
  const parent = new Array<number>(2 * n - 1).fill(-1);
  let nextLeaf = 0;
  let nextInner = n;
  const lightest = (): number => {
    const leaf = leaves[nextLeaf];
    if (leaf !== undefined && (nextInner >= weight.length || weight[leaf]! <= weight[nextInner]!)) {
      nextLeaf++;
      return leaf;
    }
    return nextInner++;
  };
  while (weight.length < 2 * n - 1) {
    const [a, b] = [lightest(), lightest()];
    parent[a] = parent[b] = weight.length;
    weight.push(weight[a]! + weight[b]!);
  }
  const depth = new Uint8Array(2 * n - 1);
  for (let node = 2 * n - 3; node >= 0; node--) depth[node] = depth[parent[node]!]! + 1;
  return depth.slice(0, n);
}
