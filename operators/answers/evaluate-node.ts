/** In: an expression, and values of its variables. Out: its value; not finite where it has none: it is no expression, divides by 0 or overflows. Pure; the time is linear in its size. */
import type { AnswerNode } from './answer-node.ts';
import { binomial, logarithmTo, unaryFunctions } from './functions.ts';
import { add, complex, exactly, invert, multiply, negate, power, undefinedQuantity, type Quantity } from './quantity.ts';

const hundredth = exactly({ numerator: 1n, denominator: 100n });
const constants = { pi: complex(Math.PI), e: complex(Math.E), i: complex(0, 1), infinity: complex(Infinity) } as const;

export function evaluateNode(node: AnswerNode, valueOf: (variable: string) => Quantity = () => undefinedQuantity): Quantity {
  const evaluate = (each: AnswerNode): Quantity => evaluateNode(each, valueOf);
  switch (node.kind) {
    case 'number':
      return exactly(node.value);
    case 'constant':
      return constants[node.name];
    case 'variable':
      return valueOf(node.name);
    case 'negation':
      return negate(evaluate(node.of));
    case 'percent':
      return multiply(evaluate(node.of), hundredth);
    case 'operation': {
      const [left, right] = [evaluate(node.left), evaluate(node.right)];
      if (node.operator === '+') return add(left, right);
      if (node.operator === '*') return multiply(left, right);
      return node.operator === '/' ? multiply(left, invert(right)) : power(left, right);
    }
    case 'call': {
      const [first = undefinedQuantity, second] = node.of.map(evaluate);
      if (second === undefined) return unaryFunctions[node.name]?.(first) ?? undefinedQuantity;
      if (node.name === 'log') return logarithmTo(first, second);
      return node.name === 'root' ? rootOf(first, second) : binomial(first, second);
    }
    case 'plus-minus':
    case 'tuple':
    case 'set':
    case 'matrix':
    case 'list':
    case 'relation':
    case 'combination':
    case 'text':
      return undefinedQuantity;
  }
}

/** Odd roots of negative numbers are negative, as they are meant at school. */
function rootOf(degree: Quantity, of: Quantity): Quantity {
  const odd = degree.exact?.denominator === 1n && degree.exact.numerator % 2n !== 0n;
  return odd && of.im === 0 && of.re < 0 ? negate(power(negate(of), invert(degree))) : power(of, invert(degree));
}
