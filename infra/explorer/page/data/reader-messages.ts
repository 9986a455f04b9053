/** What the page and its workers say to each other. */
import type { LogReader } from '../../log/log-reader.ts';
import type { Part } from '../../log/part-bytes.ts';

export type Method = keyof LogReader;

export type ToWorker =
  | { readonly type: 'call'; readonly id: number; readonly method: Method; readonly args: readonly unknown[] }
  | { readonly type: 'bytes'; readonly id: number; readonly bytes: ArrayBuffer }
  | { readonly type: 'no-bytes'; readonly id: number; readonly reason: string };

export type FromWorker =
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly reason: string }
  /** The worker has no access of its own: it asks the page for bytes. */
  | { readonly type: 'read'; readonly id: number; readonly part: Part; readonly start: number; readonly end: number };
