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

/** A total order: letters that compare as equal are equal in every field that is compared. */
function byOrigin(a: DeadLetter, b: DeadLetter): number {
  return (
    compare(a.step, b.step) ||
    compare(a.stage, b.stage) ||
    compare(a.file, b.file) ||
    compare(a.byteOffset, b.byteOffset) ||
    compare(a.pageId, b.pageId) ||
    compare(a.recordId, b.recordId) ||
    compare(a.role, b.role) ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

/** Null comes first: it is not the same as 0 or an empty text. */
function compare<T extends string | number>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
