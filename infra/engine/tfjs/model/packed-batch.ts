/**
 * Packing: sequences as prefix trees, each run of tokens that several have in common once; a node's rows are followed by those of its descendants. In: prompts
 * with their responses. Out: the tokens of one pass, with who sees whom and which positions predict which tokens. The last token of a
 * response is predicted but not put in. Nothing can go wrong.
 */
import { inputSequences } from '../../../../operators/training/input-sequences.ts';
import { PrefixTree, type PrefixNode } from '../../../../operators/training/prefix-tree.ts';

/** A prompt, and the continuations whose tokens are to be predicted. None: only the prompt's last position matters. */
export interface PackInput {
  readonly promptTokens: readonly number[]; // at least one
  readonly responses: readonly (readonly number[])[];
}

/** Tokens between two branchings. */
export interface PackedNode {
  readonly start: number; // first row
  readonly count: number; // rows of its own
  /** Row after the last of its descendants. */
  readonly end: number;
  readonly children: readonly PackedNode[];
}

export interface PackedBatch {
  readonly tokens: Int32Array;
  /** Position of each token in its own sequences. */
  readonly positions: Int32Array;
  readonly trees: readonly PackedNode[];
  /** `end` of each row's node: row q sees row k where k <= q < ends[k]. */
  readonly ends: Int32Array;
  /** Rows whose output is wanted, ascending: the last of each prompt and all of the responses. One may be wanted more than once. */
  readonly outputRows: Int32Array;
  /** By input, then response. */
  readonly predictions: readonly ResponsePredictions[];
}

/** What predicts the tokens of one response. */
export interface ResponsePredictions {
  /** Index into `outputRows`, of the row that predicts token t. */
  readonly outputs: Int32Array;
  /** Positions that the response would take with its prompt in a row of its own. */
  readonly rowLength: number;
}

/** Inputs that share what they have in common. */
export function packShared(inputs: readonly PackInput[]): PackedBatch {
  const tree = new PrefixTree();
  const sequences = inputs.map(({ promptTokens, responses }) => inputSequences(promptTokens, responses));
  for (const sequence of sequences.flat()) tree.add(sequence);
  const layout = layOut(tree);
  const rows = sequences.map((ofInput) => ofInput.map((sequence) => rowsOf(tree, layout.starts, sequence)));
  const wanted = new Set(rows.flatMap((ofInput, i) => ofInput.flatMap((ofSequence) => [...ofSequence.subarray(inputs[i]!.promptTokens.length - 1)])));
  const outputRows = Int32Array.from(wanted).sort();
  const outputs = new Int32Array(layout.tokens.length);
  outputRows.forEach((row, output) => (outputs[row] = output));
  return {
    ...layout,
    outputRows,
    predictions: inputs.flatMap(({ promptTokens, responses }, i) =>
      responses.map((response, r) => {
        const predicting = rows[i]![r]!.subarray(promptTokens.length - 1, promptTokens.length - 1 + response.length);
        return { outputs: predicting.map((row) => outputs[row]!), rowLength: promptTokens.length + Math.max(0, response.length - 1) };
      }),
    ),
  };
}

type Layout = Pick<PackedBatch, 'tokens' | 'positions' | 'trees' | 'ends'> & { readonly starts: ReadonlyMap<PrefixNode, number> };

function layOut(tree: PrefixTree): Layout {
  const { size } = tree;
  const tokens = new Int32Array(size);
  const positions = new Int32Array(size);
  const ends = new Int32Array(size);
  const starts = new Map<PrefixNode, number>();
  let next = 0;
  const place = (node: PrefixNode): PackedNode => {
    const start = next;
    const count = node.tokens.length;
    starts.set(node, start);
    tokens.set(node.tokens, start);
    for (let i = 0; i < count; i++) positions[start + i] = node.depth + i;
    next += count;
    const children = [...node.children.values()].map(place);
    ends.fill(next, start, start + count);
    return { start, count, end: next, children };
  };
  return { tokens, positions, ends, starts, trees: [...tree.roots.values()].map(place) };
}

function rowsOf(tree: PrefixTree, starts: ReadonlyMap<PrefixNode, number>, sequence: readonly number[]): Int32Array {
  const rows = new Int32Array(sequence.length);
  for (const node of tree.path(sequence)) {
    const start = starts.get(node)!;
    const end = Math.min(sequence.length, node.depth + node.tokens.length);
    for (let position = node.depth; position < end; position++) rows[position] = start + position - node.depth;
  }
  return rows;
}
