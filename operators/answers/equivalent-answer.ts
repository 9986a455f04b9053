/**
 * Whether an answer is the expected one, however it is written: LaTeX or plain notation. In: two texts as people and models write them. Out: true where they are the same value, structure
 * or words. Pure; answers of more than 2000 characters are the same only letter by letter. What is compared how, and how that differs from others: docs/answer-checking.md.
 *
 * Units: one that only one of the two writes is passed over; two must be the same.
 */
import { cleanLatex } from './clean-latex.ts';
import { parseAnswerNode } from './parse-answer-node.ts';
import { isSameStructure } from './same-structure.ts';
import { isSameText } from './same-text.ts';
import { splitUnit } from './split-unit.ts';

/** Relative: a decimal stands for every number that near it. */
export const decimalTolerance = 1e-6;

/** Before the option's value, as competitions print it: `\textbf{(B)} 12`. */
const optionLetter = /^\\text\s*\{\s*\([A-Z]\)\s*\}\s*(?=[^\s{])/;

export function isEquivalentAnswer(answer: string, expected: string, tolerance = decimalTolerance): boolean {
  const [left, right] = [cleanLatex(answer).replace(optionLetter, ''), cleanLatex(expected).replace(optionLetter, '')];
  if (left === '' || right === '') return false;
  if (left.replaceAll(' ', '') === right.replaceAll(' ', '') || isSameText(left, right) && isWords(left)) return true;
  const [own, wanted] = [splitUnit(left), splitUnit(right)];
  if (own.unit !== null && wanted.unit !== null && own.unit !== wanted.unit) return false;
  return isSameValueOf(own.value, wanted.value, tolerance) || ((own.unit === null) !== (wanted.unit === null) && isSameValueOf(left, right, tolerance));
}

/** With a unit that is written as a variable, too: `0.64N` beside `0.640 N`. */
function isSameValueOf(left: string, right: string, tolerance: number): boolean {
  return (['group', 'separate'] as const).some((commas) => {
    const [a, b] = [parseAnswerNode(left, commas), parseAnswerNode(right, commas)];
    return a !== null && b !== null && isSameStructure(a, b, tolerance);
  });
}

/** Case counts in formulas: X is not x. */
function isWords(text: string): boolean {
  return /\p{L}{2}/u.test(text.replace(/\\[a-zA-Z]+/g, ''));
}
