/** In: an answer. Out: one without `\pm`: the list of what the two signs give. Every sign of an expression turns at once, as in `1 \pm x \mp y`. Pure. */
import { someNode, type AnswerNode } from './answer-node.ts';

export function withoutPlusMinus(node: AnswerNode): AnswerNode {
  if (node.kind === 'list' || node.kind === 'set' || !someNode(node, ({ kind }) => kind === 'plus-minus')) return node;
  return { kind: 'list', items: [withSigns(node, false), withSigns(node, true)] };
}

function withSigns(node: AnswerNode, lower: boolean): AnswerNode {
  const turned = (each: AnswerNode): AnswerNode => withSigns(each, lower);
  switch (node.kind) {
    case 'plus-minus':
      return node.inverted === lower ? turned(node.of) : { kind: 'negation', of: turned(node.of) };
    case 'operation':
      return { ...node, left: turned(node.left), right: turned(node.right) };
    case 'negation':
    case 'percent':
      return { ...node, of: turned(node.of) };
    case 'call':
      return { ...node, of: node.of.map(turned) };
    case 'tuple':
    case 'set':
    case 'list':
      return { ...node, items: node.items.map(turned) };
    case 'matrix':
      return { ...node, rows: node.rows.map((row) => row.map(turned)) };
    case 'relation':
    case 'combination':
      return { ...node, parts: node.parts.map(turned) };
    case 'number':
    case 'constant':
    case 'variable':
    case 'text':
      return node;
  }
}
