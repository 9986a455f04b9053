/** The functions that expressions may call, by name. In: complex arguments. Out: principal values; what is not defined is not finite. Pure. */
import { rational } from './rational.ts';
import { add, complex, exactly, exponential, invert, logarithm, multiply, negate, one, power, undefinedQuantity, type Quantity } from './quantity.ts';

type Unary = (x: Quantity) => Quantity;

const i = complex(0, 1);
const half = exactly({ numerator: 1n, denominator: 2n });
const squareRoot: Unary = (x) => power(x, half);
const subtract = (a: Quantity, b: Quantity): Quantity => add(a, negate(b));
const divide = (a: Quantity, b: Quantity): Quantity => multiply(a, invert(b));

/** Real arguments are given to the machine's own function: its values are the more exact. */
function realOr(real: (x: number) => number, otherwise: Unary, defined: (x: number) => boolean = () => true): Unary {
  return (x) => (x.im === 0 && defined(x.re) ? complex(real(x.re)) : otherwise(x));
}

const turned = (x: Quantity): Quantity => exponential(multiply(i, x));
const sine = realOr(Math.sin, (x) => divide(subtract(turned(x), turned(negate(x))), complex(0, 2)));
const cosine = realOr(Math.cos, (x) => divide(add(turned(x), turned(negate(x))), complex(2)));
const tangent = realOr(Math.tan, (x) => divide(sine(x), cosine(x)));
const hyperbolicSine = realOr(Math.sinh, (x) => divide(subtract(exponential(x), exponential(negate(x))), complex(2)));
const hyperbolicCosine = realOr(Math.cosh, (x) => divide(add(exponential(x), exponential(negate(x))), complex(2)));
const within = (x: number): boolean => Math.abs(x) <= 1;
const arcSine = realOr(Math.asin, (x) => multiply(complex(0, -1), logarithm(add(multiply(i, x), squareRoot(subtract(one, multiply(x, x)))))), within);
const arcCosine = realOr(Math.acos, (x) => subtract(complex(Math.PI / 2), arcSine(x)), within);
const arcTangent = realOr(Math.atan, (x) => multiply(complex(0, 0.5), subtract(logarithm(subtract(one, multiply(i, x))), logarithm(add(one, multiply(i, x))))));

function rounded(round: (x: number) => number): Unary {
  return ({ re, im, exact }) => {
    if (im !== 0 || !Number.isFinite(re)) return undefinedQuantity;
    if (exact?.denominator === 1n) return exactly(exact);
    const whole = rational(BigInt(round(re)));
    return whole === null ? undefinedQuantity : exactly(whole);
  };
}

export const unaryFunctions: Readonly<Record<string, Unary>> = {
  sin: sine,
  cos: cosine,
  tan: tangent,
  cot: (x) => divide(cosine(x), sine(x)),
  sec: (x) => invert(cosine(x)),
  csc: (x) => invert(sine(x)),
  arcsin: arcSine,
  arccos: arcCosine,
  arctan: arcTangent,
  arccot: (x) => arcTangent(invert(x)),
  sinh: hyperbolicSine,
  cosh: hyperbolicCosine,
  tanh: realOr(Math.tanh, (x) => divide(hyperbolicSine(x), hyperbolicCosine(x))),
  exp: exponential,
  ln: logarithm,
  log: (x) => divide(logarithm(x), complex(Math.LN10)),
  lg: (x) => divide(logarithm(x), complex(Math.LN10)),
  abs: (x) => (x.exact === null ? complex(Math.hypot(x.re, x.im)) : x.exact.numerator < 0n ? negate(x) : x),
  floor: rounded(Math.floor),
  ceil: rounded(Math.ceil),
  degrees: (x) => multiply(x, complex(Math.PI / 180)),
  factorial: (x) => factorial(x),
};

/** logarithm of `x` to a base */
export function logarithmTo(base: Quantity, x: Quantity): Quantity {
  return divide(logarithm(x), logarithm(base));
}

const maxFactorial = 400n; // what is larger would exceed a double anyway

/** Of whole numbers exactly; of others, as where variables stand for them, by the gamma function. */
function factorial({ re, im, exact }: Quantity): Quantity {
  if (exact === null || exact.denominator !== 1n) return im === 0 && !(Number.isInteger(re) && re < 0) ? complex(gamma(re + 1)) : undefinedQuantity;
  if (exact.numerator < 0n || exact.numerator > maxFactorial) return undefinedQuantity;
  let product = 1n;
  for (let k = 2n; k <= exact.numerator; k++) product *= k;
  const value = rational(product);
  return value === null ? undefinedQuantity : exactly(value);
}

// Lanczos' approximation with g = 7 and nine terms: 15 digits
const lanczos = [0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

function gamma(x: number): number {
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const sum = lanczos.reduce((partial, term, k) => partial + (k === 0 ? term : term / (x - 1 + k)), 0);
  const at = x + 6.5;
  return Math.sqrt(2 * Math.PI) * at ** (x - 0.5) * Math.exp(-at) * sum;
}

export function binomial(n: Quantity, k: Quantity): Quantity {
  return divide(factorial(n), multiply(factorial(k), factorial(subtract(n, k))));
}
