/**
 * Whether two expressions have the same value. In: two trees. Out: true where they do. Without variables: fractions are compared exactly, other values to 1e-9; where either is written
 * with a decimal point, to the tolerance. With variables: at points of the real line drawn from a fixed seed (the values there may be complex). Pure, and bounded in time.
 */
import { seedOf, uniforms } from '../flow/seeds.ts';
import { someNode, variablesOf, type AnswerNode } from './answer-node.ts';
import { evaluateNode } from './evaluate-node.ts';
import { complex, isDefined, type Quantity } from './quantity.ts';

const computedTolerance = 1e-9; // relative: the rounding of a few hundred operations
const smallest = 1e-12; // absolute: what stands for 0 where rounding took part
const points = 24;
const pointsNeeded = 4; // where both have a value

/** @param tolerance relative, of decimals */
export function isSameValue(a: AnswerNode, b: AnswerNode, tolerance: number): boolean {
  const decimal = [a, b].some((node) => someNode(node, (each) => each.kind === 'number' && each.decimal));
  if (variablesOf(a).size + variablesOf(b).size === 0) return isClose(evaluateNode(a), evaluateNode(b), decimal ? tolerance : 0);
  let compared = 0;
  for (let point = 0; point < points; point++) {
    const valueOf = (name: string): Quantity => coordinate(name, point);
    const [left, right] = [evaluateNode(a, valueOf), evaluateNode(b, valueOf)];
    if (!isDefined(left) && !isDefined(right)) continue;
    if (!isClose(left, right, Math.max(computedTolerance, decimal ? tolerance : 0))) return false;
    compared++;
  }
  return compared >= pointsNeeded;
}

/** Above 0 and below, of the order of 1. */
function coordinate(name: string, point: number): Quantity {
  const draw = uniforms(seedOf(point, name));
  return complex((0.3 + 2 * draw()) * (draw() < 0.5 ? 1 : -1));
}

/** @param tolerance relative; 0: fractions exactly, what was rounded to 1e-9 */
export function isClose(a: Quantity, b: Quantity, tolerance: number): boolean {
  if (tolerance === 0 && a.exact !== null && b.exact !== null) return a.exact.numerator === b.exact.numerator && a.exact.denominator === b.exact.denominator;
  if (!isDefined(a) || !isDefined(b)) return a.im === 0 && b.im === 0 && Math.abs(a.re) === Infinity && a.re === b.re;
  const distance = Math.hypot(a.re - b.re, a.im - b.im);
  const rounded = a.exact === null || b.exact === null;
  const size = Math.max(Math.hypot(a.re, a.im), Math.hypot(b.re, b.im));
  return distance <= Math.max(tolerance, rounded ? computedTolerance : 0) * size || (rounded && distance <= smallest);
}
