/** A field, another value of it, and the parts of a run's record that must differ for it. `given`: settings under which it matters. */
export interface FieldCase {
  readonly key: string;
  readonly value: string;
  readonly differs: readonly string[];
  readonly given?: readonly string[];
}
