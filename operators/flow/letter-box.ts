/**
 * Collects dead letters until the next commit writes them. In: letters, as operators give them. Out: all since the last
 * `take`, in an order of their own (step, stage, origin), so that the log does not depend on which stage ran first.
 */
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { DeadLetterSink } from './dead-letter-sink.ts';

export interface LetterBox {
  readonly put: DeadLetterSink;
  /** Empties the box. */
  take(): DeadLetter[];
}

/** @param onLetter told of each letter as it comes. */
export function createLetterBox(onLetter: DeadLetterSink = () => undefined): LetterBox {
  let letters: DeadLetter[] = [];
  return {
    put(letter) {
      letters.push(letter);
      onLetter(letter);
    },
    take() {
      const taken = letters;
      letters = [];
      return taken.sort(byOrigin);
    },
  };
}

function byOrigin(a: DeadLetter, b: DeadLetter): number {
  return (
    (a.step ?? 0) - (b.step ?? 0) ||
    compare(a.stage, b.stage) ||
    compare(a.file ?? '', b.file ?? '') ||
    (a.byteOffset ?? 0) - (b.byteOffset ?? 0) ||
    compare(a.pageId ?? '', b.pageId ?? '') ||
    compare(a.recordId ?? '', b.recordId ?? '') ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
