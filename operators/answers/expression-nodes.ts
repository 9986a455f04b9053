/** How expressions are put together. In: parts. Out: nodes; `Unreadable` is thrown where the parts make none. */
import type { AnswerNode } from './answer-node.ts';
import { rationalOfNumeral } from './rational.ts';
import { Unreadable } from './unreadable.ts';

export const half = { kind: 'operation', operator: '/', left: numberNode('1'), right: numberNode('2') } as const;

export function numberNode(numeral: string): AnswerNode {
  const value = rationalOfNumeral(numeral);
  if (value === null) throw new Unreadable();
  return { kind: 'number', value, decimal: numeral.includes('.') };
}

export function signedNode(sign: string, of: AnswerNode): AnswerNode {
  if (sign === '+') return of;
  return sign === '-' ? { kind: 'negation', of } : { kind: 'plus-minus', of, inverted: sign === '\\mp' };
}

export function times(left: AnswerNode, right: AnswerNode): AnswerNode {
  return { kind: 'operation', operator: '*', left: withoutSquare(left), right: withoutSquare(right) };
}

/** Square brackets around one value, where it is reckoned with: `[1 + x]^2`. */
export function withoutSquare(node: AnswerNode): AnswerNode {
  return node.kind === 'tuple' && node.items.length === 1 && node.open === '[' && node.close === ']' ? node.items[0]! : node;
}

