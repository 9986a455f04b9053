/** What a grid tells while it works: plain JSON data. */
import type { ErrorCode } from '../../schemas/error-codes.ts';
import type { GridPhase, GridRun } from './grid-run.ts';

export type GridEvent =
  /** The first: what the whole grid takes. `steps` of a run of a variant; null where a gauge run must tell. */
  | { readonly type: 'grid'; readonly name: string; readonly directory: string; readonly jobs: number; readonly threads: number; readonly variants: readonly { readonly name: string; readonly runs: number; readonly steps: number | null }[] }
  /** The runs of a phase, before it begins, with the steps that are committed. */
  | { readonly type: 'phase'; readonly phase: GridPhase; readonly runs: readonly { readonly run: GridRun; readonly steps: number }[] }
  /** `resumedFrom` is the step it goes on after; 0 where it is new. */
  | { readonly type: 'run-started'; readonly run: GridRun; readonly directory: string; readonly resumedFrom: number }
  /** A step of a run is committed. `tokens`: sampled and trained on in it. */
  | { readonly type: 'run-step'; readonly run: GridRun; readonly step: number; readonly tokens: number }
  | { readonly type: 'run-finished'; readonly run: GridRun; readonly directory: string }
  | { readonly type: 'run-failed'; readonly run: GridRun; readonly directory: string; readonly code: ErrorCode | null; readonly message: string }
  | { readonly type: 'warning'; readonly run: GridRun; readonly code: ErrorCode; readonly message: string }
  /** What the gauge or tuning of a variant came to. */
  | { readonly type: 'planned'; readonly variant: string; readonly phase: GridPhase; readonly steps: number; readonly learningRate: number | null; readonly tokensPerStep: number | null }
  | { readonly type: 'rate-missing'; readonly variant: string; readonly message: string }
  | { readonly type: 'report'; readonly markdown: string; readonly html: string; readonly data: string };

export type EmitGridEvent = (event: GridEvent) => void;
