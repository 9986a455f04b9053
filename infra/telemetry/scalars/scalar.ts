/** One figure of a run at one moment, as dashboards take it. */
export interface Scalar {
  /** What is measured: words joined by `_`, in groups parted by `/`, for example `reward` or `throughput/sampled_tokens`. */
  readonly name: string;
  /** What part of it: `role`, `reason`, `class` ..., most general first. */
  readonly attributes: Readonly<Record<string, string>>;
  /** UCUM, as OpenTelemetry writes it: `1` for shares and counts of nothing, `s`, `{token}`, `{token}/s`. */
  readonly unit: string;
  readonly doc: string;
  readonly value: number;
}

/** The name that a list of curves shows: `reward/mask_generation`. */
export function scalarTag({ name, attributes }: Pick<Scalar, 'name' | 'attributes'>): string {
  return [name, ...Object.values(attributes)].join('/');
}
