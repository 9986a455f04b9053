/**
 * Where metrics go, by the variables that every OpenTelemetry program takes. In: the environment. Out: the settings, or null where nothing is to be sent. Nothing can
 * go wrong: the variables may be meant for other programs, so an endpoint that is no http address is told, and nothing is sent.
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
export interface OtlpSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly resource: Readonly<Record<string, string>>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const defaultTimeoutMs = 10_000;
const serviceName = 'pretrainzero';

export function otlpSettings(environment: Environment, onProblem: (message: string) => void): OtlpSettings | null {
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const ofMetrics = (name: string): string | undefined => value(`OTEL_EXPORTER_OTLP_METRICS_${name}`) ?? value(`OTEL_EXPORTER_OTLP_${name}`);
  if (value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true' || value('OTEL_METRICS_EXPORTER') === 'none') return null;
  const base = value('OTEL_EXPORTER_OTLP_ENDPOINT')?.replace(/\/+$/, '');
  const url = value('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT') ?? (base === undefined ? null : `${base}/v1/metrics`);
  if (url === null) return null;
  if (!isHttpAddress(url)) {
    onProblem(`metrics are not sent: the OpenTelemetry endpoint must be an http or https address, and is ${url}`);
    return null;
  }
  const timeoutMs = Number(ofMetrics('TIMEOUT'));
  const attributes = pairs(value('OTEL_RESOURCE_ATTRIBUTES'));
  return {
    url,
    headers: pairs(ofMetrics('HEADERS')),
    timeoutMs: timeoutMs > 0 ? timeoutMs : defaultTimeoutMs,
    resource: { ...attributes, 'service.name': value('OTEL_SERVICE_NAME') ?? attributes['service.name'] ?? serviceName },
  };
}

function isHttpAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
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
