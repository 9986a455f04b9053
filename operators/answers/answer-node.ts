/** What an answer is read as: a value, or a structure of values. */
import type { Rational } from './rational.ts';

export type AnswerNode =
  | { readonly kind: 'number'; readonly value: Rational; readonly decimal: boolean }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'e' | 'i' | 'infinity' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'operation'; readonly operator: '+' | '*' | '/' | '^'; readonly left: AnswerNode; readonly right: AnswerNode }
  | { readonly kind: 'negation'; readonly of: AnswerNode }
  | { readonly kind: 'percent'; readonly of: AnswerNode }
  /** Both signs; `inverted` for `\mp`. */
  | { readonly kind: 'plus-minus'; readonly of: AnswerNode; readonly inverted: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly AnswerNode[] }
  /** A tuple, point or interval; of one item only where a bracket is square. */
  | { readonly kind: 'tuple'; readonly open: '(' | '['; readonly close: ')' | ']'; readonly items: readonly AnswerNode[] }
  | { readonly kind: 'set'; readonly items: readonly AnswerNode[] }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly AnswerNode[])[] }
  /** Values side by side, without brackets. */
  | { readonly kind: 'list'; readonly items: readonly AnswerNode[] }
  /** `a < b = c`: one sign fewer than parts. */
  | { readonly kind: 'relation'; readonly signs: readonly RelationSign[]; readonly parts: readonly AnswerNode[] }
  | { readonly kind: 'combination'; readonly operator: 'union' | 'intersection' | 'without'; readonly parts: readonly AnswerNode[] }
  | { readonly kind: 'text'; readonly text: string };

export type RelationSign = '=' | '<' | '>' | '<=' | '>=' | '!=' | 'in';

/** Nodes directly within. */
export function childrenOf(node: AnswerNode): readonly AnswerNode[] {
  switch (node.kind) {
    case 'operation':
      return [node.left, node.right];
    case 'negation':
    case 'percent':
    case 'plus-minus':
      return [node.of];
    case 'call':
      return node.of;
    case 'tuple':
    case 'set':
    case 'list':
      return node.items;
    case 'matrix':
      return node.rows.flat();
    case 'relation':
    case 'combination':
      return node.parts;
    case 'number':
    case 'constant':
    case 'variable':
    case 'text':
      return [];
  }
}

/** Whether it or a node within has a property. */
export function someNode(node: AnswerNode, has: (node: AnswerNode) => boolean): boolean {
  return has(node) || childrenOf(node).some((child) => someNode(child, has));
}

/** Names of its variables. */
export function variablesOf(node: AnswerNode): ReadonlySet<string> {
  return node.kind === 'variable' ? new Set([node.name]) : new Set(childrenOf(node).flatMap((child) => [...variablesOf(child)]));
}
