/** Time, injected: tests use a virtual one. */
export interface Clock {
  /** Milliseconds since an arbitrary origin, monotonic. */
  now(): number;
  /** Milliseconds since 1970, for wall-clock columns. */
  wallTime(): number;
}
