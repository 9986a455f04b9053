/** A number in digits. In: a scanner. Out: the number, the scanner after it; null where none stands. `3\frac{1}{2}` and `3 1/2` are 3.5, as they are meant at school. */
import type { AnswerNode } from './answer-node.ts';
import { numberNode } from './expression-nodes.ts';
import type { Scanner } from './scanner.ts';

export function parseNumeral(scanner: Scanner): AnswerNode | null {
  const numeral = scanner.takeMatch(/(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+(?![\d.]))?/y);
  if (numeral === null) return null;
  const whole = numberNode(numeral);
  if (!/^\d+$/.test(numeral)) return whole;
  const at = scanner.at;
  const plain = scanner.takeMatch(/(?<= )\d+ ?\/ ?\d+(?![\d.])/y);
  const fraction = plain ?? scanner.takeMatch(/\\frac ?(?:\{ ?\d+ ?\}|\d) ?(?:\{ ?\d+ ?\}|\d)/y);
  if (fraction === null) return whole;
  const [above, below] = (/(\d+) ?\/ ?(\d+)/.exec(fraction) ?? /\{? ?(\d+|\d) ?\}? ?\{ ?(\d+) ?\}/.exec(fraction) ?? /(\d) ?\}? ?(\d)$/.exec(fraction))?.slice(1) ?? [];
  if (above === undefined || below === undefined || scanner.sees('^')) {
    scanner.moveTo(at);
    return whole;
  }
  return { kind: 'operation', operator: '+', left: whole, right: { kind: 'operation', operator: '/', left: numberNode(above), right: numberNode(below) } };
}
