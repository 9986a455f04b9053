/** What the client needs of the world: network, time and chance. Tests give their own. */

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly body: string;
  /** What `Retry-After` asks for, if it does in seconds. */
  readonly retryAfterMs: number | null;
}

export interface RolloutsWorld {
  /** Rejects where no whole reply came, or the signal fired. Has no limit of its own: a server answers when all samples of a request are drawn. */
  readonly exchange: (request: HttpRequest) => Promise<HttpReply>;
  /** Resolves after so many milliseconds, or at once when the signal fires; never rejects. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since an arbitrary origin, monotonic. */
  readonly now: () => number;
  /** Uniform in [0, 1): keeps the retries of many clients apart. Changes no value of a run. */
  readonly random: () => number;
}
