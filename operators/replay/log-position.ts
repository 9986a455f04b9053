/**
 * Where the samples of a run came from that was trained from another's log. In and out: the corpus position of its commits, which names run, step and the hash that proves
 * them. Nothing can go wrong: a position of another kind is null.
 */
import type { CorpusPosition } from '../ports/paragraph-source.ts';
import type { LogPosition } from '../ports/step-log.ts';

export function toCorpusPosition({ run, step, hash }: LogPosition): CorpusPosition {
  return { log: { run, step, hash } };
}

export function logPositionOf(position: CorpusPosition | null): LogPosition | null {
  const log = position?.log as Partial<LogPosition> | undefined;
  const { run, step, hash } = log ?? {};
  return run === undefined || step === undefined || hash === undefined ? null : { run, step, hash };
}
