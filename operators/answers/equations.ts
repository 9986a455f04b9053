/** Equations. In: relations. Out: whether one only names a value (`x = 5`, `f(x) = x^2`, `2 + 3 = 5`), that value, and whether two say the same. Pure. */
import { someNode, variablesOf, type AnswerNode } from './answer-node.ts';
import { evaluateNode } from './evaluate-node.ts';
import { isDefined } from './quantity.ts';
import { isSameValue } from './same-value.ts';

type Relation = Extract<AnswerNode, { readonly kind: 'relation' }>;
type Same = (a: AnswerNode, b: AnswerNode) => boolean;

export function isAssignment(node: AnswerNode): node is Relation {
  if (node.kind !== 'relation' || !node.signs.every((sign) => sign === '=')) return false;
  const [first] = node.parts;
  return first !== undefined && (isName(first) || isNumeric(first) || isName(node.parts.at(-1)!));
}

/** The part of an assignment that says most: its last, or the first of `5 = x`. */
export function valueOfAssignment({ parts }: Relation): AnswerNode {
  const last = parts.at(-1)!;
  return isName(last) && !isName(parts[0]!) ? parts[0]! : last;
}

/** A variable, a function of variables, text, or a tuple of these. */
function isName(node: AnswerNode): boolean {
  if (node.kind === 'variable' || node.kind === 'text') return true;
  if (node.kind === 'tuple') return node.items.every(isName);
  return node.kind === 'operation' && node.operator === '*' && node.left.kind === 'variable' && isName(node.right);
}

function isNumeric(node: AnswerNode): boolean {
  return !someNode(node, ({ kind }) => kind === 'variable') && isDefined(evaluateNode(node));
}

/** A name on the left. */
function isNaming(relation: Relation): boolean {
  return isAssignment(relation) && isName(relation.parts[0]!);
}

/** `f(x, y)` has no value to compare. */
function isSameName(a: AnswerNode, b: AnswerNode): boolean {
  if (a.kind === 'variable' && b.kind === 'variable') return a.name === b.name;
  if (a.kind === 'tuple' && b.kind === 'tuple') return a.items.length === b.items.length && a.items.every((item, i) => isSameName(item, b.items[i]!));
  return a.kind === 'operation' && b.kind === 'operation' && a.operator === '*' && b.operator === '*' && isSameName(a.left, b.left) && isSameName(a.right, b.right);
}

/** Part by part in either direction, or one a multiple of the other. */
export function isSameEquation(a: Relation, b: Relation, same: Same, tolerance: number): boolean {
  const aligned = (other: Relation): boolean =>
    a.parts.length === other.parts.length && a.signs.every((sign, i) => sign === other.signs[i]) && a.parts.every((part, i) => same(part, other.parts[i]!));
  if (aligned(b) || aligned(turnedAround(b)) || (isNaming(a) && isNaming(b) && isSameName(a.parts[0]!, b.parts[0]!) && same(valueOfAssignment(a), valueOfAssignment(b)))) return true;
  return a.signs.length === 1 && b.signs.length === 1 && a.signs[0] === '=' && b.signs[0] === '=' && isMultiple(difference(a), difference(b), tolerance);
}

function turnedAround({ kind, signs, parts }: Relation): Relation {
  const turned = { '=': '=', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=', in: 'in' } as const;
  return { kind, signs: signs.map((sign) => turned[sign]).toReversed(), parts: parts.toReversed() };
}

function difference({ parts: [left, right] }: Relation): AnswerNode {
  return { kind: 'operation', operator: '+', left: left!, right: { kind: 'negation', of: right! } };
}

/** Both have the same variables, and one divided by the other does not depend on them. */
function isMultiple(a: AnswerNode, b: AnswerNode, tolerance: number): boolean {
  const quotient: AnswerNode = { kind: 'operation', operator: '/', left: a, right: b };
  const names = (node: AnswerNode): string => [...variablesOf(node)].sort().join(' ');
  if (names(a) === '' || names(a) !== names(b)) return false;
  return isSameValue(quotient, renamed(quotient), tolerance);
}

/** The same at other points. */
function renamed(node: AnswerNode): AnswerNode {
  switch (node.kind) {
    case 'variable':
      return { kind: 'variable', name: `${node.name} elsewhere` };
    case 'operation':
      return { ...node, left: renamed(node.left), right: renamed(node.right) };
    case 'negation':
    case 'percent':
      return { ...node, of: renamed(node.of) };
    case 'call':
      return { ...node, of: node.of.map(renamed) };
    default:
      return node;
  }
}
