/**
 * Prompts as a tree of runs that begin alike, each run to be computed once. In: prompts. Out: the run at which each ends; a run is listed after the one before it,
 * and next to those that share what is before it. Nothing can go wrong.
 */
export interface PromptRun {
  readonly before: PromptRun | null;
  /** Not empty. */
  tokens: readonly number[];
  /** Prompts that end with this run's last token: indices. */
  readonly ending: number[];
}

interface Node {
  before: Node | null;
  tokens: readonly number[];
  readonly ending: number[];
  /** By their first token. */
  after: Map<number, Node>;
}

export function promptTree(prompts: readonly (readonly number[])[]): PromptRun[] {
  const roots = new Map<number, Node>();
  for (const [index, prompt] of prompts.entries()) endOf(prompt, roots).ending.push(index);
  const runs: PromptRun[] = [];
  const list = (nodes: Iterable<Node>): void => {
    for (const node of nodes) {
      runs.push(node);
      list(node.after.values());
    }
  };
  list(roots.values());
  return runs;
}

/** The node at which a prompt ends, made where it is not there. */
function endOf(prompt: readonly number[], roots: Map<number, Node>): Node {
  let before: Node | null = null;
  let siblings = roots;
  for (let at = 0; ; ) {
    const node: Node | undefined = siblings.get(prompt[at]!);
    if (node === undefined) {
      const end: Node = { before, tokens: prompt.slice(at), ending: [], after: new Map() };
      siblings.set(prompt[at]!, end);
      return end;
    }
    const shared = commonLength(node.tokens, prompt, at);
    const reached = shared < node.tokens.length ? split(node, shared, siblings) : node;
    at += shared;
    if (at === prompt.length) return reached;
    before = reached;
    siblings = reached.after;
  }
}

/** Cuts a node in two. @returns the first, which takes its place */
function split(node: Node, length: number, siblings: Map<number, Node>): Node {
  const first: Node = { before: node.before, tokens: node.tokens.slice(0, length), ending: [], after: new Map([[node.tokens[length]!, node]]) };
  siblings.set(first.tokens[0]!, first);
  node.tokens = node.tokens.slice(length);
  node.before = first;
  return first;
}

function commonLength(run: readonly number[], prompt: readonly number[], at: number): number {
  let length = 0;
  while (length < run.length && at + length < prompt.length && run[length] === prompt[at + length]) length++;
  return length;
}
