/**
 * Several numbers within absolute tolerances. In: an answer and the expected one, their values between commas, and one tolerance for all values or one for each of the expected ones. Out: whether each expected value
 * has an answer of its own that is the same or as near as its tolerance (and a hundredth of it), in any order. Pure.
 */
import { isEquivalentAnswer } from '../answers/equivalent-answer.ts';
import { numberOf } from '../answers/same-number.ts';

/** @param tolerances those that are not above 0 ask for the same value */
export function isWithinTolerances(answer: string, expected: string, tolerances: readonly number[]): boolean {
  if (!tolerances.some((each) => each > 0)) return false;
  if (isNear(answer, expected, tolerances[0]!)) return true;
  const [given, wanted] = [partsOf(answer), partsOf(expected)];
  if (given.length !== wanted.length) return false;
  return wanted.every((part, i) => {
    const tolerance = tolerances.length === 1 ? tolerances[0]! : (tolerances[i] ?? 0);
    const at = given.findIndex((each) => isEquivalentAnswer(each, part) || isNear(each, part, tolerance));
    if (at >= 0) given.splice(at, 1);
    return at >= 0;
  });
}

function isNear(answer: string, expected: string, tolerance: number): boolean {
  const [given, wanted] = [numberOf(answer), numberOf(expected)];
  return given !== null && wanted !== null && tolerance > 0 && Math.abs(given - wanted) <= 1.01 * tolerance;
}

/** Between commas outside brackets. */
function partsOf(text: string): string[] {
  const commas: number[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    depth += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0;
    if (character === ',' && depth === 0) commas.push(at);
  }
  return [-1, ...commas].map((comma, i) => text.slice(comma + 1, commas[i]).trim());
}
