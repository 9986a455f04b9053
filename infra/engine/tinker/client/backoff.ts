/** How long to wait before a request is made again. */

const longestMs = 30_000;

/**
 * 2^attempt seconds, at most 30, shortened by up to half so that clients that failed together do not come back together.
 * @param attempt 0 for the first wait @param uniform in [0, 1)
 */
export function backoffMs(attempt: number, uniform: number): number {
  return Math.min(longestMs, 1000 * 2 ** Math.min(attempt, 10)) * (1 - uniform / 2);
}
