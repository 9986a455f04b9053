/** What the client needs of the world: network, time and chance. Tests give their own. */
export interface TinkerWorld {
  readonly fetch: typeof fetch;
  /** Resolves after so many milliseconds, or at once when the signal fires; never rejects. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Milliseconds since an arbitrary origin, monotonic. */
  readonly now: () => number;
  /** Uniform in [0, 1): keeps the retries of many clients apart. Changes no value of a run. */
  readonly random: () => number;
}
