/**
 * The result of a request that the server took. In: the request's id, and how to send it again. Out: the reply with the result. Polls for at most 45 s at a time, again on 408, `try_again`,
 * 5xx and cut connections; sends the request again where its future expired (410), and where it is harmless also where it was lost (404) or failed, as one bad request fails those batched
 * with it. Fails with ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_FAILED, OUT_OF_MEMORY.
 */
import { z } from 'zod';
import { backoffMs } from './backoff.ts';
import { mayPass, mostFailures, retryAfter } from './send-request.ts';
import { protobufType, type Reply, type ServerLink } from './server-link.ts';
import { errorOf, serverError } from './server-error.ts';

export interface Future {
  readonly what: string;
  /** Sends the request, for the first time or again. Out: the id to poll for. */
  readonly submit: () => Promise<string>;
  /** Whether the server may do it twice without harm. */
  readonly harmless: boolean;
}

const pollLimitMs = 45_000;
const mostSubmissions = 5;
/** Of failures that the server told of itself. */
const mostRuns = 3;
/** A server that answers faster did not hold the request: what it says will not have changed at once. */
const heldMs = 1000;

const notYet = z.object({ type: z.literal('try_again') });
const failure = z.object({ error: z.string(), category: z.string().optional() });

export async function awaitFuture(link: ServerLink, future: Future): Promise<Reply> {
  const { world } = link;
  let requestId = await future.submit();
  const counts = { submissions: 1, runs: 1, failures: 0 };
  for (let wait = 0; ; ) {
    const body = JSON.stringify({ request_id: requestId, allow_metadata_only: false });
    const exchange = await link.exchange({ method: 'POST', path: 'retrieve_future', body, accept: `${protobufType}, application/json` }, pollLimitMs);
    if (exchange.kind !== 'reply') link.requireAlive(exchange.cause);
    const next = exchange.kind === 'reply' ? decide(exchange, future, counts, link) : exchange.kind === 'late' ? 'poll' : 'wait';
    if (next === 'done') return exchange as Reply;
    if (next === 'poll') {
      wait = 0;
      continue;
    }
    if (next === 'submit') {
      counts.submissions++;
      requestId = await future.submit();
    }
    await world.sleep(retryAfter(exchange) ?? backoffMs(wait++, world.random()));
  }
}

type Counts = { submissions: number; runs: number; failures: number };

function decide(reply: Reply, { what, harmless }: Future, counts: Counts, link: ServerLink): 'done' | 'poll' | 'wait' | 'submit' {
  const { status, tookMs } = reply;
  const told = status === 200 ? toldIn(reply) : null;
  if (status === 200 && told === null) return 'done';
  counts.failures = status >= 500 ? counts.failures + 1 : 0;
  const lost = status === 410 || (status === 404 && harmless);
  if (lost && counts.submissions < mostSubmissions) return 'submit';
  const failed = status === 400 || told?.kind === 'failed';
  if (failed && harmless && counts.runs < mostRuns) {
    counts.runs++;
    return 'submit';
  }
  if (told?.kind === 'failed') throw errorOf(200, told.reason, what, link);
  const passes = told !== null || status === 429 || (mayPass(status) && counts.failures < mostFailures);
  if (!passes) throw serverError(reply, what, link);
  return tookMs >= heldMs && (status === 200 || status === 408) ? 'poll' : 'wait';
}

type Told = { readonly kind: 'not-yet' } | { readonly kind: 'failed'; readonly reason: string };

/** What a reply in order says in place of a result; null for a result. */
function toldIn({ type, bytes }: Reply): Told | null {
  if (type === protobufType) return null;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null; // whoever reads the result says what is wrong with it
  }
  if (notYet.safeParse(value).success) return { kind: 'not-yet' };
  const told = failure.safeParse(value);
  if (!told.success) return null;
  const { error, category } = told.data;
  return { kind: 'failed', reason: category === undefined ? error : `${error} (${category})` };
}
