/**
 * Whether an answer is the expected number. In: two texts. Out: true where both are one real number each, and the same: fractions, mixed numbers, percentages, digits grouped by commas or
 * spaces, scientific notation, arithmetic; a unit that only one writes is passed over. Pure.
 */
import { cleanLatex } from './clean-latex.ts';
import { decimalTolerance } from './equivalent-answer.ts';
import { parseAnswerNode } from './parse-answer-node.ts';
import { isSameStructure } from './same-structure.ts';
import { splitUnit } from './split-unit.ts';
import { evaluateNode } from './evaluate-node.ts';
import { isAssignment, valueOfAssignment } from './equations.ts';
import { isDefined } from './quantity.ts';
import type { AnswerNode } from './answer-node.ts';

/** @param tolerance relative, of numbers written with a decimal point */
export function isSameNumber(answer: string, expected: string, tolerance = decimalTolerance): boolean {
  const [own, wanted] = [numberIn(answer), numberIn(expected)];
  if (own === null || wanted === null || (own.unit !== null && wanted.unit !== null && own.unit !== wanted.unit)) return false;
  return isSameStructure(own.node, wanted.node, tolerance);
}

function numberIn(text: string): { readonly node: AnswerNode; readonly unit: string | null } | null {
  const { value, unit } = splitUnit(cleanLatex(text));
  const parsed = parseAnswerNode(value, 'group');
  if (parsed === null) return null;
  const node = isAssignment(parsed) ? valueOfAssignment(parsed) : parsed;
  const number = evaluateNode(node);
  return isDefined(number) && number.im === 0 ? { node, unit } : null;
}

/** The value of an answer that is one real number, its unit left out; null for any other. */
export function numberOf(answer: string): number | null {
  const found = numberIn(answer);
  return found === null ? null : evaluateNode(found.node).re;
}
