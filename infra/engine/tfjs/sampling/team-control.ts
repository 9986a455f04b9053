/**
 * How the threads of a team tell each other what to do: numbers in shared memory. In: a pass. Out: each thread's part of it. Wrong: ENGINE_FAILED in every thread once one of
 * them has failed, or has not been heard of for too long: a thread that was ended from outside says nothing.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { RowPass } from './row-pass.ts';
import type { RowRunner } from './row-runner.ts';

const fields = ['order', 'working', 'nextRow', 'waiting', 'round', 'failed', 'threads', 'kind', 'count', 'longest'] as const;
type Field = (typeof fields)[number];
const kinds: readonly RowPass['kind'][] = ['layers', 'decode', 'draw'];
const temperatureIndex = 8; // float64, behind the fields

/** A thread's part of a pass takes seconds at most, and a thread that only waits for the processor takes this long nowhere. */
const patienceMs = 600_000;

export class TeamControl {
  readonly buffer: SharedArrayBuffer;
  readonly #patience: number;
  readonly #words: Int32Array;
  readonly #doubles: Float64Array;

  /** @param patience milliseconds that a thread waits for another within a pass */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(128), patience = patienceMs) {
    this.buffer = buffer;
    this.#patience = patience;
    this.#words = new Int32Array(buffer);
    this.#doubles = new Float64Array(buffer);
  }

  /** For the thread that leads. Returns when all have done their part. */
  lead(pass: RowPass, threads: number, runner: RowRunner): void {
    this.#set('threads', threads);
    this.#set('kind', kinds.indexOf(pass.kind));
    this.#set('count', pass.count);
    this.#set('longest', pass.longest);
    this.#set('nextRow', 0);
    this.#set('failed', 0);
    this.#set('waiting', 0);
    this.#doubles[temperatureIndex] = pass.temperature;
    this.#set('working', threads - 1);
    if (threads > 1) this.#advance('order');
    try {
      this.#work(0, runner);
    } finally {
      for (let left = this.#get('working'); left > 0; left = this.#get('working')) this.#wait('working', left, this.#patience);
    }
    if (this.#get('failed') !== 0) throw new PretrainZeroError('ENGINE_FAILED', 'A thread of sampling failed; its message is above');
  }

  /** For the other threads. Never returns: the thread is terminated. @param index from 1 */
  follow(index: number, runner: RowRunner): never {
    for (let seen = 0; ; ) {
      this.#wait('order', seen, Infinity);
      const order = this.#get('order');
      if (order === seen) continue;
      seen = order;
      try {
        this.#work(index, runner);
      } catch (cause) {
        console.error(cause);
      } finally {
        Atomics.sub(this.#words, fields.indexOf('working'), 1);
        Atomics.notify(this.#words, fields.indexOf('working'));
      }
    }
  }

  #work(index: number, runner: RowRunner): void {
    const pass: RowPass = { kind: kinds[this.#get('kind')]!, count: this.#get('count'), longest: this.#get('longest'), temperature: this.#doubles[temperatureIndex]! };
    try {
      runner.refreshViews();
      if (pass.kind === 'layers') this.#layers(pass, index, runner);
      else this.#independentRows(pass, runner);
    } catch (cause) {
      this.#set('failed', 1);
      this.#advance('round'); // nobody waits for this thread
      throw cause;
    }
  }

  /** Rows may see each other: all take a layer's keys to the cache before any looks for them. */
  #layers(pass: RowPass, index: number, runner: RowRunner): void {
    const threads = this.#get('threads');
    const rows = threads * runner.rowsAtOnce;
    for (let start = 0; start < pass.count; start += rows) {
      const share = Math.ceil(Math.min(rows, pass.count - start) / threads);
      const first = Math.min(pass.count, start + index * share);
      const end = Math.min(pass.count, start + (index + 1) * share);
      runner.layers(pass, first, end - first, () => this.#meet(threads));
    }
  }

  /** Whoever is free takes the next rows. */
  #independentRows(pass: RowPass, runner: RowRunner): void {
    const share = Math.ceil(pass.count / (2 * this.#get('threads')));
    const rows = Math.min(runner.rowsAtOnce, this.#get('threads') === 1 ? pass.count : Math.max(8, Math.ceil(share / 4) * 4));
    for (let first = this.#take(rows); first < pass.count; first = this.#take(rows)) {
      const count = Math.min(rows, pass.count - first);
      if (pass.kind === 'decode') runner.layers(pass, first, count, () => undefined);
      runner.draw(pass, first, count);
    }
  }

  /** Waits until every thread is here. */
  #meet(threads: number): void {
    if (threads === 1) return;
    const round = this.#get('round');
    if (this.#get('failed') === 0) {
      if (Atomics.add(this.#words, fields.indexOf('waiting'), 1) === threads - 1) {
        this.#set('waiting', 0);
        this.#advance('round');
      } else {
        while (this.#get('round') === round) this.#wait('round', round, this.#patience);
      }
    }
    if (this.#get('failed') !== 0) throw new PretrainZeroError('ENGINE_FAILED', 'Another thread of sampling failed');
  }

  #take(rows: number): number {
    return Atomics.add(this.#words, fields.indexOf('nextRow'), rows);
  }

  #get(field: Field): number {
    return Atomics.load(this.#words, fields.indexOf(field));
  }

  #set(field: Field, value: number): void {
    Atomics.store(this.#words, fields.indexOf(field), value);
  }

  #advance(field: Field): void {
    Atomics.add(this.#words, fields.indexOf(field), 1);
    Atomics.notify(this.#words, fields.indexOf(field));
  }

  #wait(field: Field, value: number, patience: number): void {
    const end = Atomics.wait(this.#words, fields.indexOf(field), value, patience);
    if (end === 'timed-out') throw new PretrainZeroError('ENGINE_FAILED', `A thread of sampling has said nothing for ${patience / 1000} s`);
  }
}
