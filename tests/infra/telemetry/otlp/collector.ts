/** Stands in for an OpenTelemetry collector, on loopback. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MetricsRequest } from '../../../../infra/telemetry/otlp/metrics-payload.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: MetricsRequest;
}

export interface Collector {
  readonly endpoint: string;
  readonly received: readonly Received[];
  /** Status of the next answers; `hang` gives none. */
  answer: number | 'hang';
  close(): Promise<void>;
}

export async function openCollector(answer: number | 'hang' = 200): Promise<Collector> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as MetricsRequest });
      if (collector.answer !== 'hang') response.writeHead(collector.answer, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const collector: Collector = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return collector;
}

export interface SentPoint {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly timeMs: number;
  readonly attributes: Readonly<Record<string, string>>;
}

export function pointsOf(received: readonly Received[]): SentPoint[] {
  return received.flatMap(({ body }) =>
    body.resourceMetrics[0].scopeMetrics[0].metrics.flatMap(({ name, unit, gauge }) =>
      gauge.dataPoints.map(({ asDouble, timeUnixNano, attributes }) => ({
        ...{ name, unit, value: asDouble, timeMs: Number(BigInt(timeUnixNano) / 1_000_000n) },
        attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue])),
      })),
    ),
  );
}
