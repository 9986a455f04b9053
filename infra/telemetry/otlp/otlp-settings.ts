/**
 * Where metrics go, by the variables that every OpenTelemetry program takes. In: the environment. Out: the settings, or null where no endpoint is given: then
 * nothing is sent. Can go wrong: USAGE for an endpoint that is no http address.
 *
 * | Variable | |
 * | --- | --- |
 * | `OTEL_EXPORTER_OTLP_ENDPOINT` | base address; `/v1/metrics` is added |
 * | `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT` | whole address, in place of it |
 * | `OTEL_EXPORTER_OTLP_HEADERS`, `..._METRICS_HEADERS` | `name=value,...`, percent-encoded |
 * | `OTEL_EXPORTER_OTLP_TIMEOUT`, `..._METRICS_TIMEOUT` | of a request, milliseconds; 10,000 |
 * | `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` | what the metrics say they come from |
 * | `OTEL_SDK_DISABLED=true`, `OTEL_METRICS_EXPORTER=none` | nothing is sent |
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

export interface OtlpSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly resource: Readonly<Record<string, string>>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const defaultTimeoutMs = 10_000;
const serviceName = 'pretrainzero';

export function otlpSettings(environment: Environment): OtlpSettings | null {
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const ofMetrics = (name: string): string | undefined => value(`OTEL_EXPORTER_OTLP_METRICS_${name}`) ?? value(`OTEL_EXPORTER_OTLP_${name}`);
  if (value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true' || value('OTEL_METRICS_EXPORTER') === 'none') return null;
  const whole = value('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT');
  const base = value('OTEL_EXPORTER_OTLP_ENDPOINT');
  if (whole === undefined && base === undefined) return null;
  const url = whole === undefined ? httpAddress('OTEL_EXPORTER_OTLP_ENDPOINT', `${base!.replace(/\/+$/, '')}/v1/metrics`) : httpAddress('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', whole);
  const timeoutMs = Number(ofMetrics('TIMEOUT'));
  const attributes = pairs(value('OTEL_RESOURCE_ATTRIBUTES'));
  return {
    url,
    headers: pairs(ofMetrics('HEADERS')),
    timeoutMs: timeoutMs > 0 ? timeoutMs : defaultTimeoutMs,
    resource: { ...attributes, 'service.name': value('OTEL_SERVICE_NAME') ?? attributes['service.name'] ?? serviceName },
  };
}

function httpAddress(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new PretrainZeroError('USAGE', `${name} must be an http or https address; it is ${text}`);
  return url.href;
}

/** `a=b,c=d`; values percent-decoded where they can be. What has no `=` is passed over, as the specification asks. */
function pairs(text = ''): Record<string, string> {
  const found = text.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())] as const];
  });
  return Object.fromEntries(found);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
