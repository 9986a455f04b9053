import type { Fields, ValueOf } from './field.ts';

/** A named, versioned record: the row of one log table and of one edge's message. */
export interface RecordDefinition<S extends Fields = Fields> {
  readonly name: string;
  /** Raised by one on every change of the fields; stored in Parquet metadata and message headers. */
  readonly version: number;
  readonly doc: string;
  readonly fields: S;
}

/** The TypeScript type of a definition's rows. */
export type RecordOf<D extends RecordDefinition> =
  D extends RecordDefinition<infer S> ? { readonly [K in keyof S]: ValueOf<S[K]> } : never;

export function defineRecord<const S extends Fields>(
  name: string,
  version: number,
  doc: string,
  fields: S,
): RecordDefinition<S> {
  return { name, version, doc, fields };
}
