/**
 * A list of masks. In: the index, and what is asked. Out: rows of the index, in order. Pure.
 *
 * - `hardest`: the smallest share solved first; of equal ones, the text with the most failed predictions in the whole run.
 * - `newly-solved`: a text's first step with a right prediction, after steps without any; the newest first.
 * - `strangest`: the largest share of predictions that agree on one wrong answer.
 */
import { dropReasons } from '../../../schemas/records/scored-group.ts';
import { maskRejections } from '../../../schemas/records/mask-rollout.ts';
import type { MaskFilter } from './mask-filter.ts';
import type { MaskIndex } from './mask-index.ts';

export function selectMasks(index: MaskIndex, filter: MaskFilter): Uint32Array {
  const rows = index.rowsInOrder();
  const accepts = acceptor(index, filter);
  let count = 0;
  for (let place = 0; place < rows.length; place++) if (accepts(rows[place]!)) rows[count++] = rows[place]!;
  const accepted = rows.subarray(0, count);
  return filter.sort === null ? accepted : sortedBy(accepted, orders[filter.sort](index));
}

function acceptor({ columns: c, texts, classes }: MaskIndex, filter: MaskFilter): (row: number) => boolean {
  const { role, fromStep, toStep, minLength, maxLength, duplicates } = filter;
  const needle = filter.text.toLowerCase();
  const holds = new Map<number, boolean>(); // text id -> whether it has the needle
  const hasText = (text: number): boolean => {
    const known = holds.get(text) ?? texts[text]!.toLowerCase().includes(needle);
    holds.set(text, known);
    return known;
  };
  const classCode = filter.spanClass === null ? null : classes.indexOf(filter.spanClass); // -1 is no row's
  const outcome = outcomeTest(filter);
  const fates = role === 'mask' ? c.maskFate : c.predictFate;
  const fate = fateTest(filter.fate);
  return (row) => {
    const step = c.step[row]!;
    const length = texts[c.text[row]!]!.length;
    return (
      (role === 'mask' || c.rejection[row] === 0) &&
      outcome(c.rejection[row]!, c.solved[row]!, c.attempts[row]!) &&
      fate(fates[row]!) &&
      (classCode === null || c.spanClass[row] === classCode) &&
      (fromStep === null || step >= fromStep) &&
      (toStep === null || step <= toStep) &&
      (minLength === null || length >= minLength) &&
      (maxLength === null || length <= maxLength) &&
      (duplicates === null || (duplicates === 'only' ? c.repeats[row]! > 1 : c.first[row] === 1)) &&
      (needle === '' || hasText(c.text[row]!) || hasText(c.title[row]!))
    );
  };
}

type OutcomeTest = (rejection: number, solved: number, attempts: number) => boolean;

function outcomeTest({ outcome }: MaskFilter): OutcomeTest {
  switch (outcome) {
    case null:
      return () => true;
    case 'never':
      return (_, solved) => solved === 0;
    case 'some':
      return (_, solved, attempts) => solved > 0 && solved < attempts;
    case 'always':
      return (_, solved, attempts) => attempts > 0 && solved === attempts;
    case 'usable':
      return (rejection) => rejection === 0;
    case 'paid': // eq. 9
      return (rejection, solved, attempts) => rejection === 0 && solved > 0 && solved < attempts;
    case 'unusable':
      return (rejection) => rejection > 0;
    default: {
      const code = maskRejections.indexOf(outcome) + 1;
      return (rejection) => rejection === code;
    }
  }
}

/** Codes of the index: 0 for no group, 1 for kept, then the reasons. */
function fateTest(fate: MaskFilter['fate']): (code: number) => boolean {
  if (fate === null) return () => true;
  if (fate === 'kept') return (code) => code === 1;
  if (fate === 'dropped') return (code) => code > 1;
  const wanted = dropReasons.indexOf(fate) + 2;
  return (code) => code === wanted;
}

/** What a list is sorted by: the smaller first, whole numbers below 2^31; null leaves a row out. Equal ones stay in order of step. */
type Order = (row: number) => number | null;

const orders: Readonly<Record<NonNullable<MaskFilter['sort']>, (index: MaskIndex) => Order>> = {
  hardest(index) {
    const { columns: c } = index;
    const failures = failuresByText(index);
    return (row) => (c.attempts[row] === 0 ? null : perMille(c.solved[row]! / c.attempts[row]!) * 2 ** 20 + (2 ** 20 - 1 - Math.min(2 ** 20 - 1, failures[c.text[row]!]!)));
  },
  'newly-solved'(index) {
    const isNew = newlySolved(index);
    return (row) => (isNew(row) ? 2 ** 30 - index.columns.step[row]! : null);
  },
  strangest({ columns: c }) {
    return (row) => (c.agreeing[row]! < 2 ? null : perMille(1 - c.agreeing[row]! / c.attempts[row]!) * 2 ** 16 + (2 ** 16 - 1 - c.agreeing[row]!));
  },
};

function perMille(share: number): number {
  return Math.round(1000 * share);
}

/** A row's order and its place in one number each: numbers are sorted several times as fast as by a comparison, and a list may have a million rows. */
function sortedBy(rows: Uint32Array, order: Order): Uint32Array {
  const places = 2 ** 22;
  const keys = new Float64Array(rows.length);
  let count = 0;
  for (let place = 0; place < rows.length; place++) {
    const key = order(rows[place]!);
    if (key !== null) keys[count++] = key * places + place;
  }
  const sorted = new Uint32Array(count);
  const sortedKeys = keys.subarray(0, count).sort();
  for (let i = 0; i < count; i++) sorted[i] = rows[sortedKeys[i]! % places]!;
  return sorted;
}

/** Wrong predictions of every text, in the whole run. */
function failuresByText({ columns: c, texts, length }: MaskIndex): Uint32Array {
  const failures = new Uint32Array(texts.length);
  for (let row = 0; row < length; row++) failures[c.text[row]!]! += c.attempts[row]! - c.solved[row]!;
  return failures;
}

function newlySolved({ columns: c, texts, length }: MaskIndex): (row: number) => boolean {
  const firstTried = new Uint32Array(texts.length).fill(2 ** 32 - 1);
  const firstSolved = new Uint32Array(texts.length).fill(2 ** 32 - 1);
  for (let row = 0; row < length; row++) {
    const text = c.text[row]!;
    if (c.attempts[row]! > 0) firstTried[text] = Math.min(firstTried[text]!, c.step[row]!);
    if (c.solved[row]! > 0) firstSolved[text] = Math.min(firstSolved[text]!, c.step[row]!);
  }
  return (row) => {
    const text = c.text[row]!;
    return c.solved[row]! > 0 && c.step[row] === firstSolved[text] && firstTried[text]! < firstSolved[text]!;
  };
}
