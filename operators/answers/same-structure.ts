/**
 * Whether two answers are the same, part by part. In: two trees. Out: true where they are. Lists and sets are in any order (a set counts no element twice), tuples, intervals and matrices
 * in theirs, with the same brackets. `x = 5` is 5, `x \in [0, 1)` and `0 \le x < 1` are [0, 1), `\pm 2` is 2 and -2. Pure.
 */
import type { AnswerNode } from './answer-node.ts';
import { isSameValue } from './same-value.ts';
import { isAssignment, isSameEquation, valueOfAssignment } from './equations.ts';
import { intervalOf } from './interval-of.ts';
import { withoutPlusMinus } from './plus-minus.ts';
import { isSameText } from './same-text.ts';

/** @param tolerance relative, of decimals */
export function isSameStructure(a: AnswerNode, b: AnswerNode, tolerance: number): boolean {
  const same = (x: AnswerNode, y: AnswerNode): boolean => isSameStructure(x, y, tolerance);
  const [left, right] = [withoutPlusMinus(membership(a)), withoutPlusMinus(membership(b))];
  if (isCollection(left) || isCollection(right)) return isSameCollection(left, right, same);
  if (left.kind === 'relation' || right.kind === 'relation') return isSameRelation(left, right, same, tolerance);
  if (left.kind === 'tuple' || right.kind === 'tuple') return left.kind === 'tuple' && right.kind === 'tuple' && left.open === right.open && left.close === right.close && isSameSequence(left.items, right.items, same);
  if (left.kind === 'matrix' || right.kind === 'matrix') return left.kind === 'matrix' && right.kind === 'matrix' && left.rows.length === right.rows.length && left.rows.every((row, i) => isSameSequence(row, right.rows[i]!, same));
  if (left.kind === 'combination' || right.kind === 'combination') {
    if (left.kind !== 'combination' || right.kind !== 'combination' || left.operator !== right.operator) return false;
    return left.operator === 'without' ? isSameSequence(left.parts, right.parts, same) : isSamePool(left.parts, right.parts, same);
  }
  if (left.kind === 'text' || right.kind === 'text') return left.kind === 'text' && right.kind === 'text' && isSameText(left.text, right.text);
  if (left.kind === 'percent' && right.kind !== 'percent') return isSameValue(left, right, tolerance) || isSameValue(left.of, right, tolerance);
  if (right.kind === 'percent' && left.kind !== 'percent') return isSameValue(left, right, tolerance) || isSameValue(left, right.of, tolerance);
  return isSameValue(left, right, tolerance);
}

type Same = (a: AnswerNode, b: AnswerNode) => boolean;
type Collection = Extract<AnswerNode, { readonly kind: 'list' | 'set' }>;

function isCollection(node: AnswerNode): node is Collection {
  return node.kind === 'list' || node.kind === 'set';
}

/** Of `x \in S`, S. */
function membership(node: AnswerNode): AnswerNode {
  return node.kind === 'relation' && node.signs.length === 1 && node.signs[0] === 'in' ? node.parts[1]! : node;
}

function isSameCollection(a: AnswerNode, b: AnswerNode, same: Same): boolean {
  const [first, second] = [point(a), point(b)];
  if (first.kind === 'tuple' || second.kind === 'tuple') return isSameAssignments(first, second, same);
  const itemsOf = (node: AnswerNode): readonly AnswerNode[] => (isCollection(node) ? node.items.flatMap(flat) : [node]);
  const distinct = a.kind === 'set' || b.kind === 'set';
  const [left, right] = [itemsOf(a), itemsOf(b)].map((items) => (distinct ? withoutRepeats(items, same) : items));
  return isSamePool(left!, right!, same);
}

/** Of `(x, y) = (1, 2)`, (1, 2). */
function point(node: AnswerNode): AnswerNode {
  return isAssignment(node) && valueOfAssignment(node).kind === 'tuple' ? valueOfAssignment(node) : node;
}

/** `\pm 2, 5` is a list within a list. */
function flat(node: AnswerNode): readonly AnswerNode[] {
  const settled = withoutPlusMinus(node);
  return settled.kind === 'list' ? settled.items : [settled];
}

/** `x = 1, y = 2` is the tuple (1, 2). */
function isSameAssignments(a: AnswerNode, b: AnswerNode, same: Same): boolean {
  const [list, tuple] = a.kind === 'list' ? [a, b] : [b, a];
  if (list.kind !== 'list' || tuple.kind !== 'tuple' || tuple.open !== '(' || tuple.close !== ')') return false;
  const values = list.items.flatMap((item) => (isAssignment(item) ? [valueOfAssignment(item)] : []));
  return values.length === list.items.length && isSameSequence(values, tuple.items, same);
}

function isSameRelation(a: AnswerNode, b: AnswerNode, same: Same, tolerance: number): boolean {
  if (a.kind === 'relation' && b.kind === 'relation') {
    const [left, right] = [intervalOf(a), intervalOf(b)];
    if (left !== null && right !== null) return left.variable === right.variable && same(left.interval, right.interval);
    return isSameEquation(a, b, same, tolerance);
  }
  const [relation, other] = a.kind === 'relation' ? [a, b] : [b, a];
  if (relation.kind !== 'relation') return false;
  const interval = intervalOf(relation);
  if (interval !== null) return other.kind === 'tuple' && same(interval.interval, other);
  return isAssignment(relation) && same(valueOfAssignment(relation), other);
}

function isSameSequence(a: readonly AnswerNode[], b: readonly AnswerNode[], same: Same): boolean {
  return a.length === b.length && a.every((item, i) => same(item, b[i]!));
}

/** In any order. */
function isSamePool(a: readonly AnswerNode[], b: readonly AnswerNode[], same: Same): boolean {
  if (a.length !== b.length) return false;
  const left = [...b];
  return a.every((item) => {
    const at = left.findIndex((other) => same(item, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function withoutRepeats(items: readonly AnswerNode[], same: Same): AnswerNode[] {
  return items.filter((item, i) => !items.slice(0, i).some((earlier) => same(earlier, item)));
}
