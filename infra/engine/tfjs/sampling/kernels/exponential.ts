/**
 * exp of four float32, within two units in the last place; 0 below -87, not a number where the argument is none. In: locals to work with. Nothing can go wrong.
 * exp(x) = 2^n p(r), n = round(x / ln 2), r = x - n ln 2 in two parts (Cody and Waite), p a Taylor polynomial.
 */
import { f32x4, i32x4, local, v128, type Local, type StackVar } from 'wasmati';

const coefficients = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1, 1];
const ln2High = 0.693359375;
const ln2Low = Math.LN2 - ln2High;
const least = -87;
const most = 88;

export interface ExponentialLocals {
  /** The argument; changed. */
  readonly x: Local<'v128'>;
  readonly power: Local<'v128'>;
  readonly isTiny: Local<'v128'>;
}

export function exponential({ x, power, isTiny }: ExponentialLocals): StackVar<'v128'> {
  local.set(isTiny, f32x4.lt(x, all(least)));
  local.set(x, f32x4.min(f32x4.max(x, all(least)), all(most)));
  local.set(power, f32x4.nearest(f32x4.mul(x, all(Math.LOG2E))));
  local.set(x, f32x4.sub(x, f32x4.mul(power, all(ln2High))));
  local.set(x, f32x4.sub(x, f32x4.mul(power, all(ln2Low))));
  let polynomial = all(coefficients[0]!);
  for (const coefficient of coefficients.slice(1)) polynomial = f32x4.add(f32x4.mul(polynomial, x), all(coefficient));
  const scale = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), v128.const('i32x4', [127, 127, 127, 127])), 23);
  return v128.andnot(f32x4.mul(polynomial, scale), isTiny);
}

function all(value: number): StackVar<'v128'> {
  return v128.const('f32x4', [value, value, value, value]);
}
