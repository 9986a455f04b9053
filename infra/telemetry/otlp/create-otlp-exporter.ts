/**
 * Sends metrics over OTLP/HTTP, JSON encoded. In: points, one a step. Out: requests to the collector, one at a time. Nothing can go wrong for who adds points: that
 * never waits and never throws. What a collector does not take is told once, and again when it has taken something in between; points wait for a collector that
 * is away, the newest of them only.
 */
import { metricsPayload, type MetricPoint } from './metrics-payload.ts';
import type { OtlpSettings } from './otlp-settings.ts';

/** Points that wait at most; more would be of no use to a dashboard, and memory is the run's. */
export const maxWaitingPoints = 512;
/** Answers after which the same points may be sent again (OTLP 1, "Retryable Response Codes"). */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface MetricExporter {
  add(point: MetricPoint): void;
  /** Sends what waits, once; resolves after the time-out of one request where none is answered, of two at the latest. */
  close(): Promise<void>;
}

export interface OtlpExporterDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly onProblem: (message: string) => void;
  /** Sent with every point, beside the settings' resource: which run it is. */
  readonly resource: Readonly<Record<string, string>>;
}

export function createOtlpExporter(settings: OtlpSettings, { fetch, onProblem, resource }: OtlpExporterDeps): MetricExporter {
  const waiting: MetricPoint[] = [];
  const attributes = { ...settings.resource, ...resource };
  let underWay: Promise<void> | null = null;
  let told = false;

  const problem = (message: string): void => {
    if (!told) onProblem(`metrics cannot be sent to ${settings.url}: ${message}; the run goes on without`);
    told = true;
  };

  /** Whether the points are done with: taken, or refused for good. */
  async function send(points: readonly MetricPoint[]): Promise<boolean> {
    try {
      const response = await fetch(settings.url, {
        method: 'POST',
        headers: { ...settings.headers, 'content-type': 'application/json' },
        body: JSON.stringify(metricsPayload(points, attributes)),
        signal: AbortSignal.timeout(settings.timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) told = false;
      else problem(`the collector answers ${response.status}`);
      return !retryable.has(response.status);
    } catch (error) {
      problem(reasonOf(error, settings.timeoutMs));
      return false;
    }
  }

  /** Sends all that waits, up to the first request that fails. */
  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const points = [...waiting];
      if (!(await send(points))) break;
      for (const point of points) if (waiting[0] === point) waiting.shift(); // some may have made room meanwhile
    }
    underWay = null;
  }

  function start(): Promise<void> {
    return waiting.length === 0 ? Promise.resolve() : (underWay ??= drain());
  }

  return {
    add(point) {
      waiting.push(point);
      if (waiting.length > maxWaitingPoints) waiting.shift();
      void start();
    },
    async close() {
      await (underWay ?? start());
      waiting.length = 0;
    },
  };
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? ('code' in cause && typeof cause.code === 'string' ? cause.code : cause.message) : String(cause);
}
