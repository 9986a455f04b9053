/** What the engine's worker thread and its proxy say to each other. */
import type { Engine, EngineInfo } from '../../../operators/ports/engine.ts';
import type { ErrorMessage } from './engine-error.ts';

export type EngineMethod = 'generate' | 'score' | 'accumulate' | 'step' | 'discard' | 'save' | 'load' | 'close';

/** The arguments without the progress callback, which becomes messages. */
export type EngineArguments<M extends EngineMethod> = M extends 'generate' ? [Parameters<Engine['generate']>[0]] : Parameters<Engine[M]>;

export type EngineResult<M extends EngineMethod> = Awaited<ReturnType<Engine[M]>>;

export type CallMessage = { readonly [M in EngineMethod]: { readonly id: number; readonly method: M; readonly arguments: EngineArguments<M> } }[EngineMethod];

export type ReplyMessage =
  | { readonly kind: 'ready'; readonly info: EngineInfo; readonly version: number }
  | { readonly kind: 'refused'; readonly error: ErrorMessage }
  | { readonly kind: 'progress'; readonly id: number; readonly tokens: number; readonly openRows: number }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown; readonly version: number }
  | { readonly kind: 'error'; readonly id: number; readonly error: ErrorMessage };
