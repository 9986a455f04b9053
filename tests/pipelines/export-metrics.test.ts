import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { exportMetrics } from '../../pipelines/export-metrics.ts';
import type { RunEvent } from '../../pipelines/run-events.ts';
import { openCollector, pointsOf } from '../infra/telemetry/otlp/collector.ts';
import { stubConfig } from '../stub-config.ts';
import { startStubRun } from './stub-run.ts';

const clock = { wallTime: () => 5000 };
const steps = 4;

/** A run of four steps that sends its metrics there. */
async function runTo(endpoint: string | undefined, timeoutMs = 60_000): Promise<{ readonly events: readonly RunEvent[]; readonly problems: readonly string[]; readonly exported: Promise<void> }> {
  const { run, events } = await startStubRun(stubConfig({ run: { steps, name: 'sent' } }));
  const problems: string[] = [];
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMs), OTEL_EXPORTER_OTLP_HEADERS: 'x-key=secret' };
  const exported = exportMetrics(run.events, { environment, clock, onProblem: (message) => problems.push(message) });
  assert.equal((await run.done).kind, 'completed');
  return { events, problems, exported };
}

test('a collector gets every figure of every step, with the run it is of', async () => {
  const collector = await openCollector();
  after(() => collector.close());
  const { events, problems, exported } = await runTo(collector.endpoint);
  await exported;
  assert.deepEqual(problems, []);
  const [first] = collector.received;
  assert.equal(first?.path, '/v1/metrics');
  assert.equal(first.headers['content-type'], 'application/json');
  assert.equal(first.headers['x-key'], 'secret');
  const resource = Object.fromEntries(first.body.resourceMetrics[0].resource.attributes.map(({ key, value }) => [key, value.stringValue]));
  assert.deepEqual(resource, { 'service.name': 'pretrainzero', 'pretrainzero.run': 'sent', 'pretrainzero.pipeline': 'pretrain-zero' });
  const points = pointsOf(collector.received);
  const done = events.filter((event) => event.type === 'step-done');
  const accuracy = points.filter(({ name }) => name === 'pretrainzero.accuracy');
  assert.deepEqual(accuracy.map(({ value }) => value), done.map(({ report }) => report.predictionRewardMean));
  assert.deepEqual(accuracy.map(({ timeMs }) => timeMs), done.map(({ timing }) => Math.floor(timing.wallTimeMs)));
  const rewards = points.filter(({ name, attributes }) => name === 'pretrainzero.reward' && attributes['role'] === 'mask_generation');
  assert.deepEqual(rewards.map(({ value }) => value), done.map(({ report }) => report.maskRewardMean));
  assert.deepEqual(points.filter(({ name }) => name === 'pretrainzero.step').map(({ value }) => value), [1, 2, 3, 4]);
});

test('a collector that refuses, and one that is not there, cost the run one message', async () => {
  const refusing = await openCollector(403);
  const gone = await openCollector();
  await gone.close();
  after(() => refusing.close());
  for (const { endpoint } of [refusing, gone]) {
    const { problems, exported } = await runTo(endpoint);
    await exported;
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /403|ECONNREFUSED/);
  }
});

test('a collector that hangs holds up neither a step nor the end of the run', async () => {
  const collector = await openCollector('hang');
  after(() => collector.close());
  const { events, problems, exported } = await runTo(collector.endpoint, 300); // is over before any request is
  assert.equal(events.filter((event) => event.type === 'step-done').length, steps);
  await exported;
  assert.deepEqual(problems.map((message) => /no answer within 300 ms/.test(message)), [true]);
});

test('without an endpoint nothing is sent', async () => {
  const { problems, exported } = await runTo(undefined);
  await exported;
  assert.deepEqual(problems, []);
});
