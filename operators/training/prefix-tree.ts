/**
 * A trie of token sequences whose runs without branches are single nodes: what sequences have in common from their start on stands in it once. In:
 * sequences, none of them empty. Out: the nodes, depth first, children in the order in which they came. Nothing can go wrong.
 */

/** Tokens between two branchings. */
export interface PrefixNode {
  readonly tokens: readonly number[]; // at least one
  /** Tokens before it in each of its sequences. */
  readonly depth: number;
  /** By their first token. */
  readonly children: ReadonlyMap<number, PrefixNode>;
}

interface OpenNode extends PrefixNode {
  tokens: readonly number[];
  children: Map<number, OpenNode>;
  /** Who last added a sequence through it. */
  user: number;
}

/** A run of an added sequence. */
export interface Reuse {
  /** Who last added a sequence with these tokens before; -1 where they are new. */
  readonly user: number;
  readonly tokens: number;
}

export class PrefixTree {
  readonly #roots = new Map<number, OpenNode>();
  #size = 0;

  /** Tokens in all nodes. */
  get size(): number {
    return this.#size;
  }

  /** By their first token. */
  get roots(): ReadonlyMap<number, PrefixNode> {
    return this.#roots;
  }

  /** @param user who adds it, from 0 @returns the runs of the sequence in order, and whose they were */
  add(sequence: readonly number[], user = 0): Reuse[] {
    const runs: Reuse[] = [];
    let siblings = this.#roots;
    let depth = 0;
    while (depth < sequence.length) {
      const node = siblings.get(sequence[depth]!);
      if (node === undefined) {
        siblings.set(sequence[depth]!, { tokens: sequence.slice(depth), depth, children: new Map(), user });
        return [...runs, this.#grown(sequence.length - depth)];
      }
      const common = commonLength(node.tokens, sequence, depth);
      runs.push({ user: node.user, tokens: common });
      depth += common;
      if (common < node.tokens.length) {
        if (depth < sequence.length || node.user !== user) split(node, common);
      } else if (depth < sequence.length && node.children.size === 0 && node.user === user) {
        node.tokens = [...node.tokens, ...sequence.slice(depth)];
        return [...runs, this.#grown(sequence.length - depth)];
      }
      node.user = user;
      siblings = node.children;
    }
    return runs;
  }

  #grown(tokens: number): Reuse {
    this.#size += tokens;
    return { user: -1, tokens };
  }

  /** The nodes along a sequence that was added; it may end within the last. */
  path(sequence: readonly number[]): PrefixNode[] {
    const nodes: PrefixNode[] = [];
    let siblings = this.roots;
    for (let depth = 0; depth < sequence.length; ) {
      const node = siblings.get(sequence[depth]!)!;
      nodes.push(node);
      depth += node.tokens.length;
      siblings = node.children;
    }
    return nodes;
  }
}

/** Tokens that `run` has in common with the sequence from `from` on. */
function commonLength(run: readonly number[], sequence: readonly number[], from: number): number {
  const most = Math.min(run.length, sequence.length - from);
  let common = 1; // it was looked up by its first
  while (common < most && run[common] === sequence[from + common]) common++;
  return common;
}

/** Leaves the first tokens in the node; the rest becomes its child. */
function split(node: OpenNode, length: number): void {
  const rest = { tokens: node.tokens.slice(length), depth: node.depth + length, children: node.children, user: node.user };
  node.tokens = node.tokens.slice(0, length);
  node.children = new Map([[rest.tokens[0]!, rest]]);
}
