/**
 * Collects dead letters until the commit of their step writes them. In: letters, as operators give them. Out: those of a step and the
 * ones before, in an order of their own (step, stage, origin), so that the log does not depend on which stage ran first, or how far ahead.
 */
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { DeadLetterSink } from './dead-letter-sink.ts';

export interface LetterBox {
  readonly put: DeadLetterSink;
  /** Takes out the letters of the steps up to `step`, and those of none. */
  take(step: number): DeadLetter[];
  /** What is left: the letters of later steps. */
  rest(): DeadLetter[];
}

/** @param onLetter told of each letter as it comes. @param restored what a resume brought back; it was told before. */
export function createLetterBox(onLetter: DeadLetterSink = () => undefined, restored: readonly DeadLetter[] = []): LetterBox {
  let letters: DeadLetter[] = [...restored];
  return {
    put(letter) {
      letters.push(letter);
      onLetter(letter);
    },
    take(step) {
      const taken = letters.filter((letter) => (letter.step ?? step) <= step);
      letters = letters.filter((letter) => !taken.includes(letter));
      return taken.sort(byOrigin);
    },
    rest: () => letters.toSorted(byOrigin),
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
