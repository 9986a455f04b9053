/**
 * The building blocks of a record definition. One definition yields the TypeScript type (`RecordOf`), the run-time
 * check (`check-record.ts`), the Arrow schema (`arrow-schema.ts`) and the Parquet schema (`parquet-schema.ts`).
 */

/**
 * A field's value is null where the producer had nothing to say; every other field is required. A number's unit is what it counts or measures, with its range
 * where it has one: `tokens`, `nats`, `share, 0 to 1`, `ms since 1970`.
 */
export type Field =
  | { readonly type: 'utf8'; readonly doc: string }
  | { readonly type: 'bool'; readonly doc: string }
  | { readonly type: 'int32'; readonly doc: string; readonly unit?: string }
  | { readonly type: 'int53'; readonly doc: string; readonly unit?: string } // a JavaScript safe integer; INT64 in Arrow and Parquet
  | { readonly type: 'float32'; readonly doc: string; readonly unit?: string }
  | { readonly type: 'float64'; readonly doc: string; readonly unit?: string }
  | { readonly type: 'enum'; readonly values: readonly string[]; readonly doc: string }
  | { readonly type: 'nullable'; readonly of: Field; readonly doc: string }
  | { readonly type: 'list'; readonly of: Field; readonly doc: string }
  | { readonly type: 'struct'; readonly fields: Fields; readonly doc: string };

export type Fields = Readonly<Record<string, Field>>;

/** The TypeScript value of a field. */
export type ValueOf<F extends Field> = F extends { type: 'utf8' }
  ? string
  : F extends { type: 'bool' }
    ? boolean
    : F extends { type: 'int32' | 'int53' | 'float32' | 'float64' }
      ? number
      : F extends { type: 'enum'; values: readonly (infer V)[] }
        ? V
        : F extends { type: 'nullable'; of: infer O extends Field }
          ? ValueOf<O> | null
          : F extends { type: 'list'; of: infer O extends Field }
            ? readonly ValueOf<O>[]
            : F extends { type: 'struct'; fields: infer S extends Fields }
              ? { readonly [K in keyof S]: ValueOf<S[K]> }
              : never;

export const utf8 = (doc: string) => ({ type: 'utf8', doc }) as const;
export const bool = (doc: string) => ({ type: 'bool', doc }) as const;
export const int32 = (doc: string, unit?: string) => ({ type: 'int32', doc, ...(unit !== undefined && { unit }) }) as const;
export const int53 = (doc: string, unit?: string) => ({ type: 'int53', doc, ...(unit !== undefined && { unit }) }) as const;
export const float32 = (doc: string, unit?: string) => ({ type: 'float32', doc, ...(unit !== undefined && { unit }) }) as const;
export const float64 = (doc: string, unit?: string) => ({ type: 'float64', doc, ...(unit !== undefined && { unit }) }) as const;
export const oneOf = <const V extends readonly string[]>(values: V, doc: string) =>
  ({ type: 'enum', values, doc }) as const;
export const nullable = <const F extends Field>(of: F) => ({ type: 'nullable', of, doc: of.doc }) as const;
export const list = <const F extends Field>(of: F, doc: string) => ({ type: 'list', of, doc }) as const;
export const struct = <const S extends Fields>(fields: S, doc: string) => ({ type: 'struct', fields, doc }) as const;
