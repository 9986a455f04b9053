/** Exact fractions of bounded size, in lowest terms, the denominator above 0. In: fractions. Out: fractions, or null where the result would exceed the bound or divides by 0. Pure. */

export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const maxBits = 8192; // of either part: what is larger is left to floating point
const largest = 1n << BigInt(maxBits);

export function rational(numerator: bigint, denominator = 1n): Rational | null {
  if (denominator === 0n) return null;
  const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator);
  const sign = denominator < 0n ? -1n : 1n;
  const reduced = { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
  return tooLarge(reduced.numerator) || tooLarge(reduced.denominator) ? null : reduced;
}

export function addRationals(a: Rational, b: Rational): Rational | null {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiplyRationals(a: Rational, b: Rational): Rational | null {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function invertRational({ numerator, denominator }: Rational): Rational | null {
  return rational(denominator, numerator);
}

/** With a whole exponent; null for others. */
export function powerOfRational(base: Rational, exponent: Rational): Rational | null {
  if (exponent.denominator !== 1n) return null;
  const times = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator;
  const bits = BigInt(Math.max(bitLength(base.numerator), bitLength(base.denominator)));
  if (times > BigInt(maxBits) || bits * times > BigInt(maxBits)) return null;
  const power = rational(base.numerator ** times, base.denominator ** times);
  return power !== null && exponent.numerator < 0n ? invertRational(power) : power;
}

/** A decimal numeral with an optional exponent, for example `-1.5e-3`; null where it is too long. */
export function rationalOfNumeral(numeral: string): Rational | null {
  const match = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,4}))?$/.exec(numeral);
  if (match === null || numeral.length > maxBits / 4) return null;
  const [, sign = '', whole = '', decimals = '', exponent = '0'] = match;
  if (whole + decimals === '') return null;
  const shift = Number(exponent) - decimals.length;
  if (Math.abs(shift) > maxBits / 4) return null;
  const digits = BigInt(`${sign}${whole}${decimals}`);
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
}

/** The nearest double, also of parts that are no doubles; infinite where it is too large for one. */
export function toNumber({ numerator, denominator }: Rational): number {
  const shift = 64 + bitLength(denominator) - bitLength(numerator); // so that the quotient has about 64 bits
  const quotient = shift >= 0 ? (numerator << BigInt(shift)) / denominator : numerator / (denominator << BigInt(-shift));
  const first = Math.max(-1000, Math.min(1000, -shift)); // 2 ** -shift alone may be no double
  return Number(quotient) * 2 ** first * 2 ** (-shift - first);
}

function bitLength(value: bigint): number {
  return value.toString(16).replace('-', '').length * 4;
}

function tooLarge(value: bigint): boolean {
  return value >= largest || value <= -largest;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
