/**
 * How an exported folder is laid out, for who writes it and who reads it. A file of a run's log is one script, which hands its bytes over in base64; the reports of many steps
 * are one script, as each is small and all are needed.
 *
 * ```text
 * index.html  page.js  page.css  boot.js (names, files of the evaluations, and the worker's program)  data/0/samples/groups/step=000001.js ...
 * data/evaluation-0/answers/part-000000.parquet.js ...
 * ```
 */
import { isPartName } from '../checkpoints/run-layout.ts';
import { metricTables } from '../sample-log/log-tables.ts';
import type { Part } from './log/part-bytes.ts';

/** What `boot.js` says. */
export interface ExportBoot {
  readonly runs: readonly { readonly name: string; readonly folder: string; readonly labels: Part | null }[];
  readonly evaluations: readonly { readonly name: string; readonly folder: string; readonly files: readonly Part[] }[];
  /** Program text of the worker: a page of the `file:` scheme cannot start one from a file. */
  readonly worker: string;
}

/** Names by which scripts and page speak to each other. */
export const globals = { boot: 'pretrainzeroBoot', pack: 'pretrainzeroPack' } as const;

/** The table whose parts are put together. */
export const packedTable = metricTables.steps.folder;

/** Steps whose reports are in one script. */
const stepsPerPack = 100;

/** @returns path of the pack that a file is in, relative to the run's data, without the ending of a script. */
export function packOf(path: string): string {
  const cut = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, cut), path.slice(cut + 1)];
  if (folder !== packedTable || !isPartName(name)) return path;
  const step = Number(/\d+/.exec(name)?.[0]);
  return `${folder}/from=${step - ((step - 1) % stepsPerPack)}`;
}

/** Little-endian: how many parts, then step and length of each, then the parts. */
export function packParts(parts: readonly { readonly step: number; readonly bytes: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const header = new Uint32Array([parts.length, ...parts.flatMap(({ step, bytes }) => [step, bytes.length])]);
  const packed = new Uint8Array(header.byteLength + parts.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const view = new DataView(packed.buffer);
  for (const [i, value] of header.entries()) view.setUint32(4 * i, value, true);
  let at = header.byteLength;
  for (const { bytes } of parts) {
    packed.set(bytes, at);
    at += bytes.length;
  }
  return packed;
}

/** What `packParts` put together: step -> its part. */
export function unpackParts(packed: ArrayBuffer): Map<number, ArrayBuffer> {
  const view = new DataView(packed);
  const count = view.getUint32(0, true);
  const parts = new Map<number, ArrayBuffer>();
  let at = 4 * (1 + 2 * count);
  for (let i = 0; i < count; i++) {
    const length = view.getUint32(8 * i + 8, true);
    parts.set(view.getUint32(8 * i + 4, true), packed.slice(at, at + length));
    at += length;
  }
  return parts;
}
