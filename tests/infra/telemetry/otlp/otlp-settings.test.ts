import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otlpSettings, type Environment, type OtlpSettings } from '../../../../infra/telemetry/otlp/otlp-settings.ts';

function settingsOf(environment: Environment): { readonly settings: OtlpSettings | null; readonly problems: string[] } {
  const problems: string[] = [];
  return { settings: otlpSettings(environment, (message) => problems.push(message)), problems };
}

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };

test('without an endpoint, or where OpenTelemetry is off, nothing is sent', () => {
  for (const environment of [{}, { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }, { ...endpoint, OTEL_METRICS_EXPORTER: 'none' }]) {
    assert.deepEqual(settingsOf(environment), { settings: null, problems: [] });
  }
});

test('the base address gets the path of metrics, the whole one is taken as it is', () => {
  assert.equal(settingsOf(endpoint).settings?.url, 'http://collector:4318/v1/metrics');
  assert.equal(settingsOf({ ...endpoint, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://other/take' }).settings?.url, 'https://other/take');
});

test('headers, time-out and resource are those of the variables, those of metrics first', () => {
  const { settings } = settingsOf({
    ...endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: 'a=b',
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'authorization=Bearer%20x=y, nothing, bad=%zz',
    OTEL_EXPORTER_OTLP_TIMEOUT: '250',
    OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,team=nlp',
    OTEL_SERVICE_NAME: 'mine',
  });
  assert.deepEqual(settings, {
    url: 'http://collector:4318/v1/metrics',
    headers: { authorization: 'Bearer x=y', bad: '%zz' },
    timeoutMs: 250,
    resource: { 'service.name': 'mine', team: 'nlp' },
  });
  const plain = settingsOf({ ...endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: 'soon' }).settings;
  assert.deepEqual([plain?.timeoutMs, plain?.resource], [10_000, { 'service.name': 'pretrainzero' }]);
});

test('an endpoint that is no http address is told, and nothing is sent', () => {
  for (const address of ['collector', 'grpc://collector:4317', 'localhost:4318']) {
    const { settings, problems } = settingsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: address });
    assert.equal(settings, null);
    assert.match(problems.join('\n'), /must be an http or https address/);
  }
});
