/** What a thread and its caller say to each other. `C` maps method names to functions. */
import type { ErrorMessage } from '../engine-error.ts';

/** A set of methods: interfaces have no index signature, so this is a bound on nothing but the values. */
export type Methods<C> = { readonly [M in keyof C]: (...args: never[]) => unknown };

export type CallMessage<C extends Methods<C>> = {
  readonly [M in keyof C]: { readonly id: number; readonly method: M; readonly arguments: Parameters<C[M]> };
}[keyof C];

export type ReplyMessage =
  | { readonly kind: 'ready'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly error: ErrorMessage }
  | { readonly kind: 'progress'; readonly id: number; readonly tokens: number; readonly openRows: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorMessage };
