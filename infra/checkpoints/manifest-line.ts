/**
 * One line of `manifest.jsonl`: one committed step. Lines form a chain: each holds the hash of the one before, and its own, over all
 * but the wall-clock column. So order and content are proven, and two runs alike have manifests alike but for `wallTimeMs`.
 * Reading fails with null for a line that is torn, altered or out of place.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';

const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Relative, and inside the run. */
const path = z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))[^/].*$/);

const fileSchema = z.strictObject({ path, bytes: count, sha256 });

const lineSchema = z.strictObject({
  format: z.literal(1),
  step: z.int().min(1),
  policyVersion: count,
  /** The step's parts. */
  files: z.array(fileSchema),
  /** Null where none was due. Its folder may be gone where newer checkpoints are there (`run.keepCheckpoints`). */
  checkpoint: z.strictObject({ folder: path, files: z.array(fileSchema) }).nullable(),
  /** Null where it is long: then only checkpoints hold it, in `run-state.json`. */
  corpusPosition: z.record(z.string(), z.unknown()).nullable(),
  /** Hash of the line before; of the empty text for the first. */
  previous: sha256,
  hash: sha256,
  wallTimeMs: z.number(),
});

export type ManifestFile = z.infer<typeof fileSchema>;
export type ManifestLine = z.infer<typeof lineSchema>;
export type ManifestCheckpoint = NonNullable<ManifestLine['checkpoint']>;

/** `previous` of the first line. */
export const chainStart = digest('');

/** A position that takes more bytes than this as JSON is left out of the line. */
const maxPositionBytes = 4096;

export interface StepEntry {
  readonly step: number;
  readonly policyVersion: number;
  readonly files: ManifestFile[];
  readonly checkpoint: ManifestCheckpoint | null;
  readonly corpusPosition: CorpusPosition;
}

export function manifestLine(entry: StepEntry, previous: string, wallTimeMs: number): ManifestLine {
  const short = Buffer.byteLength(JSON.stringify(entry.corpusPosition)) <= maxPositionBytes;
  const { step, policyVersion, files, checkpoint } = entry;
  const hashed = { format: 1, step, policyVersion, files, checkpoint, corpusPosition: short ? entry.corpusPosition : null, previous } as const;
  return { ...hashed, hash: digest(JSON.stringify(hashed)), wallTimeMs };
}

/** The line as it stands in the file, with its end. */
export function printLine(line: ManifestLine): string {
  return `${JSON.stringify(line)}\n`;
}

export function parseLine(text: string, previous: string): ManifestLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success || parsed.data.previous !== previous) return null;
  const notHashed: ReadonlySet<string> = new Set(['hash', 'wallTimeMs'] satisfies (keyof ManifestLine)[]);
  const hashed = Object.fromEntries(Object.entries(value as ManifestLine).filter(([name]) => !notHashed.has(name)));
  return digest(JSON.stringify(hashed)) === parsed.data.hash ? parsed.data : null;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
