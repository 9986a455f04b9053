/**
 * The values of expressions: complex numbers, exact where they are fractions. In: quantities. Out: quantities; what is not defined (a division by 0, an overflow) has parts that are
 * not finite. Principal values throughout. Pure.
 */
import { addRationals, invertRational, multiplyRationals, powerOfRational, rational, toNumber, type Rational } from './rational.ts';

export interface Quantity {
  readonly re: number;
  readonly im: number;
  /** The value as a fraction; null where it is none or was rounded. */
  readonly exact: Rational | null;
}

export function complex(re: number, im = 0): Quantity {
  return { re, im, exact: null };
}

export function exactly(value: Rational): Quantity {
  return { re: toNumber(value), im: 0, exact: value };
}

export const undefinedQuantity = complex(NaN, NaN);
export const zero = exactly({ numerator: 0n, denominator: 1n });
export const one = exactly({ numerator: 1n, denominator: 1n });

export function isDefined({ re, im }: Quantity): boolean {
  return Number.isFinite(re) && Number.isFinite(im);
}

export function add(a: Quantity, b: Quantity): Quantity {
  const exact = a.exact && b.exact && addRationals(a.exact, b.exact);
  return exact ? exactly(exact) : complex(a.re + b.re, a.im + b.im);
}

export function negate(a: Quantity): Quantity {
  return a.exact ? exactly({ numerator: -a.exact.numerator, denominator: a.exact.denominator }) : complex(-a.re, -a.im);
}

export function multiply(a: Quantity, b: Quantity): Quantity {
  const exact = a.exact && b.exact && multiplyRationals(a.exact, b.exact);
  return exact ? exactly(exact) : complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

export function invert(a: Quantity): Quantity {
  if (a.re === 0 && a.im === 0) return undefinedQuantity;
  const exact = a.exact && invertRational(a.exact);
  if (exact) return exactly(exact);
  const square = a.re * a.re + a.im * a.im;
  return complex(a.re / square, -a.im / square);
}

export function exponential({ re, im }: Quantity): Quantity {
  const size = Math.exp(re);
  return im === 0 ? complex(size) : complex(size * Math.cos(im), size * Math.sin(im));
}

export function logarithm({ re, im }: Quantity): Quantity {
  return re === 0 && im === 0 ? undefinedQuantity : complex(Math.log(Math.hypot(re, im)), im === 0 && re > 0 ? 0 : Math.atan2(im, re));
}

export function power(base: Quantity, exponent: Quantity): Quantity {
  const exact = base.exact && exponent.exact && exactPower(base.exact, exponent.exact);
  if (exact) return exactly(exact);
  if (base.re === 0 && base.im === 0) return exponent.re > 0 ? zero : undefinedQuantity;
  if (exponent.im === 0 && base.im === 0 && (base.re > 0 || Number.isInteger(exponent.re))) return complex(base.re ** exponent.re);
  return exponential(multiply(exponent, logarithm(base)));
}

/** Also roots that are fractions: 4^(1/2), (8/27)^(2/3). */
function exactPower(base: Rational, exponent: Rational): Rational | null {
  if (exponent.denominator === 1n) return base.numerator === 0n && exponent.numerator <= 0n ? null : powerOfRational(base, exponent);
  if (base.numerator < 0n || exponent.denominator > 64n) return null;
  const [numerator, denominator] = [exactRoot(base.numerator, exponent.denominator), exactRoot(base.denominator, exponent.denominator)];
  const root = numerator === null || denominator === null ? null : rational(numerator, denominator);
  return root && powerOfRational(root, { numerator: exponent.numerator, denominator: 1n });
}

/** Null where it is no whole number. */
function exactRoot(value: bigint, degree: bigint): bigint | null {
  if (value < 2n) return value;
  let [low, high] = [1n, 1n << (BigInt(value.toString(2).length) / degree + 1n)];
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree <= value) low = middle;
    else high = middle - 1n;
  }
  return low ** degree === value ? low : null;
}
