/**
 * Every mask of a run, in columns: some thirty bytes a mask, so that half a million fit beside all else. In: digests of steps, in any order. Out: rows to filter, sort
 * and show. Nothing can go wrong.
 */
import { maskRejections } from '../../../schemas/records/mask-rollout.ts';
import { dropReasons } from '../../../schemas/records/scored-group.ts';
import type { Fate, MaskDigest, StepDigest } from '../log/step-digest.ts';

const fates = ['kept', ...dropReasons] as const;

/** Where a paragraph stood. */
export interface Place {
  readonly step: number;
  readonly slot: number;
}

/** A row of the index, put together again. */
export interface IndexedMask extends MaskDigest, Place {
  readonly title: string;
  /** Masks of the same paragraph and step that hide the same text, this one among them. */
  readonly repeats: number;
  /** Whether no mask before it in the paragraph hides the same text. */
  readonly first: boolean;
}

interface Columns {
  step: Uint32Array;
  slot: Uint16Array;
  index: Uint16Array;
  text: Uint32Array; // of `texts`
  title: Uint32Array; // of `texts`
  rejection: Uint8Array; // 0: none
  solved: Uint16Array;
  attempts: Uint16Array;
  agreeing: Uint16Array;
  spanClass: Uint16Array; // of `classes`
  predictFate: Uint8Array; // 0: none
  maskFate: Uint8Array;
  repeats: Uint16Array;
  first: Uint8Array;
}

export class MaskIndex {
  /** How many masks there are. */
  length = 0;
  readonly columns: Columns = makeColumns(1024);
  /** Each text once. */
  readonly texts: string[] = [];
  /** Classes of hidden texts, and reasons why masks were not usable, in the order in which they came. */
  readonly classes: string[] = [];
  readonly #textIds = new Map<string, number>();
  /** Step -> its rows, which lie together. */
  readonly #steps = new Map<number, { readonly first: number; readonly end: number }>();
  readonly #places = new Map<string, Place[]>();

  has(step: number): boolean {
    return this.#steps.has(step);
  }

  /** Steps in it. */
  get steps(): number {
    return this.#steps.size;
  }

  add({ step, paragraphs, masks }: StepDigest): void {
    if (this.#steps.has(step)) return;
    this.#steps.set(step, { first: this.length, end: this.length + masks.length });
    const titles = new Map<number, number>();
    for (const { slot, title, key } of paragraphs) {
      titles.set(slot, this.#textId(title));
      const places = this.#places.get(key);
      if (places === undefined) this.#places.set(key, [{ step, slot }]);
      else places.push({ step, slot });
    }
    this.#grow(this.length + masks.length);
    const counts = new Map<string, number>();
    const keyOf = ({ slot, text }: MaskDigest): string => `${slot} ${text}`;
    for (const mask of masks) counts.set(keyOf(mask), (counts.get(keyOf(mask)) ?? 0) + 1);
    const seen = new Set<string>();
    for (const mask of masks) {
      const key = keyOf(mask);
      const row = this.length++;
      const c = this.columns;
      c.step[row] = step;
      c.slot[row] = mask.slot;
      c.index[row] = mask.index;
      c.text[row] = this.#textId(mask.text);
      c.title[row] = titles.get(mask.slot) ?? this.#textId('');
      c.rejection[row] = mask.rejection === null ? 0 : maskRejections.indexOf(mask.rejection) + 1;
      c.solved[row] = mask.solved;
      c.attempts[row] = mask.attempts;
      c.agreeing[row] = mask.agreeing;
      c.spanClass[row] = this.#classCode(mask.spanClass);
      c.predictFate[row] = fateCode(mask.predictFate);
      c.maskFate[row] = fateCode(mask.maskFate);
      c.repeats[row] = mask.text === '' ? 1 : counts.get(key)!;
      c.first[row] = seen.has(key) ? 0 : 1;
      seen.add(key);
    }
  }

  mask(row: number): IndexedMask {
    const c = this.columns;
    return {
      step: c.step[row]!,
      slot: c.slot[row]!,
      index: c.index[row]!,
      text: this.texts[c.text[row]!]!,
      title: this.texts[c.title[row]!]!,
      rejection: maskRejections[c.rejection[row]! - 1] ?? null,
      solved: c.solved[row]!,
      attempts: c.attempts[row]!,
      agreeing: c.agreeing[row]!,
      spanClass: this.classes[c.spanClass[row]!]!,
      predictFate: fates[c.predictFate[row]! - 1] ?? null,
      maskFate: fates[c.maskFate[row]! - 1] ?? null,
      repeats: c.repeats[row]!,
      first: c.first[row] === 1,
    };
  }

  /** The rows of a step. */
  rowsOf(step: number): number[] {
    const { first, end } = this.#steps.get(step) ?? { first: 0, end: 0 };
    return Array.from({ length: end - first }, (_, i) => first + i);
  }

  /** All rows, in order of step, slot and index. */
  rowsInOrder(): Uint32Array {
    const rows = new Uint32Array(this.length);
    const blocks = [...this.#steps].sort(([a], [b]) => a - b);
    let at = 0;
    for (const [, { first, end }] of blocks) for (let row = first; row < end; row++) rows[at++] = row;
    return rows;
  }

  /** Where a paragraph stood, in order of step. */
  places(key: string): readonly Place[] {
    return (this.#places.get(key) ?? []).toSorted((a, b) => a.step - b.step || a.slot - b.slot);
  }

  #textId(text: string): number {
    const known = this.#textIds.get(text);
    if (known !== undefined) return known;
    this.#textIds.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  #classCode(name: string): number {
    const known = this.classes.indexOf(name);
    return known < 0 ? this.classes.push(name) - 1 : known;
  }

  #grow(length: number): void {
    if (length <= this.columns.step.length) return;
    const grown = makeColumns(Math.max(length, 2 * this.columns.step.length));
    for (const name of Object.keys(grown) as (keyof Columns)[]) grown[name].set(this.columns[name]);
    Object.assign(this.columns, grown);
  }
}

function fateCode(fate: Fate): number {
  return fate === null ? 0 : fates.indexOf(fate) + 1;
}

function makeColumns(length: number): Columns {
  return {
    step: new Uint32Array(length),
    slot: new Uint16Array(length),
    index: new Uint16Array(length),
    text: new Uint32Array(length),
    title: new Uint32Array(length),
    rejection: new Uint8Array(length),
    solved: new Uint16Array(length),
    attempts: new Uint16Array(length),
    agreeing: new Uint16Array(length),
    spanClass: new Uint16Array(length),
    predictFate: new Uint8Array(length),
    maskFate: new Uint8Array(length),
    repeats: new Uint16Array(length),
    first: new Uint8Array(length),
  };
}
