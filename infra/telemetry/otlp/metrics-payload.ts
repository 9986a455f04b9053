/**
 * Scalars as an OTLP request (`ExportMetricsServiceRequest`, JSON encoding of OTLP 1). In: points, and the resource they come from. Out: plain JSON. Each scalar
 * is a gauge `pretrainzero.NAME` with its attributes; the step is an attribute of no point, as it would make each a series of its own. Pure.
 */
import type { Scalar } from '../scalars/scalar.ts';

/** The scalars of one moment. */
export interface MetricPoint {
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  readonly scalars: readonly Scalar[];
}

interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

interface GaugeMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly gauge: { readonly dataPoints: { readonly timeUnixNano: string; readonly asDouble: number; readonly attributes: readonly KeyValue[] }[] };
}

export interface MetricsRequest {
  readonly resourceMetrics: readonly [
    {
      readonly resource: { readonly attributes: readonly KeyValue[] };
      readonly scopeMetrics: readonly [{ readonly scope: { readonly name: string }; readonly metrics: readonly GaugeMetric[] }];
    },
  ];
}

export function metricsPayload(points: readonly MetricPoint[], resource: Readonly<Record<string, string>>): MetricsRequest {
  const metrics = new Map<string, GaugeMetric>();
  for (const { timeMs, scalars } of points) {
    for (const { name, attributes, unit, doc, value } of scalars) {
      const metricName = `pretrainzero.${name.replaceAll('/', '.')}`;
      const metric = metrics.get(metricName) ?? { name: metricName, description: doc, unit, gauge: { dataPoints: [] } };
      metrics.set(metricName, metric);
      metric.gauge.dataPoints.push({ timeUnixNano: nanoseconds(timeMs), asDouble: value, attributes: keyValues(attributes) });
    }
  }
  const scopeMetrics = [{ scope: { name: 'pretrainzero' }, metrics: [...metrics.values()] }] as const;
  return { resourceMetrics: [{ resource: { attributes: keyValues(resource) }, scopeMetrics }] };
}

/** 64-bit numbers are text in OTLP's JSON. */
function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}

function keyValues(attributes: Readonly<Record<string, string>>): KeyValue[] {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
