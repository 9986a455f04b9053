/** What a fake server does wrong with a request. */

export interface FaultyRequest {
  /** Below `/api/v1/`. */
  readonly path: string;
  /** How many requests with this path came before. */
  readonly before: number;
}

/**
 * `cut`: the connection breaks before the request is looked at. `reply-lost`: the request is done, the reply never arrives. `forget-future`: of `retrieve_future`, the server knows the future no more.
 * A status is answered in place of the work, `tryAgain` and `failed` with 200.
 */
export type Fault = 'cut' | 'reply-lost' | 'forget-future' | 'try-again' | 'failed' | { readonly status: number; readonly retryAfterSeconds?: number };

export type Faults = (request: FaultyRequest) => Fault | null;

export const noFaults: Faults = () => null;

/** The first so many requests of a path fare badly. */
export function firstOf(path: string, fault: Fault, count = 1): Faults {
  return (request) => (request.path === path && request.before < count ? fault : null);
}
