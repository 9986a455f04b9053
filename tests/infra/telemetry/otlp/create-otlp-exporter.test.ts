import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOtlpExporter, maxWaitingPoints, type MetricExporter } from '../../../../infra/telemetry/otlp/create-otlp-exporter.ts';
import type { MetricPoint } from '../../../../infra/telemetry/otlp/metrics-payload.ts';

/** A collector in memory: each request waits until it is answered. */
function openExporter(): { readonly exporter: MetricExporter; readonly problems: string[]; readonly sent: number[][]; answer: (status: number | Error) => Promise<void> } {
  const sent: number[][] = [];
  const problems: string[] = [];
  const answers: ((status: number | Error) => void)[] = [];
  const exporter = createOtlpExporter(
    { url: 'http://collector/v1/metrics', headers: {}, timeoutMs: 60_000, resource: {} },
    {
      resource: {},
      onProblem: (message) => problems.push(message),
      fetch: (_url, init) => {
        const { resourceMetrics } = JSON.parse(init?.body as string) as { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ gauge: { dataPoints: { asDouble: number }[] } }] }] }] };
        sent.push(resourceMetrics[0].scopeMetrics[0].metrics[0].gauge.dataPoints.map(({ asDouble }) => asDouble));
        return new Promise((resolve, reject) => answers.push((status) => (status instanceof Error ? reject(status) : resolve(new Response('{}', { status })))));
      },
    },
  );
  const answer = async (status: number | Error): Promise<void> => {
    answers.shift()?.(status);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { exporter, problems, sent, answer };
}

const point = (value: number): MetricPoint => ({ timeMs: value, scalars: [{ name: 'loss', attributes: {}, unit: '1', doc: 'Loss.', value }] });

test('one request is under way at a time; what comes meanwhile goes with the next', async () => {
  const { exporter, sent, answer } = openExporter();
  [1, 2, 3].forEach((value) => exporter.add(point(value)));
  assert.deepEqual(sent, [[1]]);
  await answer(200);
  assert.deepEqual(sent, [[1], [2, 3]]);
});

test('what a collector that is away did not take is sent again with the next step, once; what it refuses for good is not', async () => {
  const { exporter, sent, answer, problems } = openExporter();
  exporter.add(point(1));
  await answer(503);
  exporter.add(point(2));
  await answer(400);
  exporter.add(point(3));
  await answer(200);
  assert.deepEqual(sent, [[1], [1, 2], [3]]);
  assert.equal(problems.length, 1);
});

test('a problem is told once, and again after the collector was there in between', async () => {
  const { exporter, answer, problems } = openExporter();
  for (const status of [new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }), 500, 200, 404]) {
    exporter.add(point(1));
    await answer(status);
  }
  assert.deepEqual(problems.map((message) => message.replace(/^.*metrics: (.*); the run goes on without$/, '$1')), ['ECONNREFUSED', 'the collector answers 404']);
});

test('for a collector that never answers only the newest points wait', async () => {
  const { exporter, sent, answer } = openExporter();
  for (let value = 1; value <= 2000; value++) exporter.add(point(value));
  for (let i = 0; i < 20; i++) await answer(200);
  assert.deepEqual(sent.slice(1).flat(), Array.from({ length: maxWaitingPoints }, (_, i) => 2001 - maxWaitingPoints + i));
});

test('closing sends what waits, and tries no second time', async () => {
  const { exporter, sent, answer } = openExporter();
  exporter.add(point(1));
  await answer(503);
  const closing = exporter.close();
  await answer(503);
  await closing;
  assert.deepEqual(sent, [[1], [1]]);
});
