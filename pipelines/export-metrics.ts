/**
 * A run's curves to an OpenTelemetry collector. In: a run's events, and the environment that names the collector (`OTEL_EXPORTER_OTLP_ENDPOINT`). Out: a promise that
 * resolves once the run has ended and its last metrics were sent or given up (`MetricExporter.close`). Nothing can go wrong, and the run never waits.
 */
import type { Observable } from 'rxjs';
import { createOtlpExporter, type MetricExporter } from '../infra/telemetry/otlp/create-otlp-exporter.ts';
import { otlpSettings, type Environment } from '../infra/telemetry/otlp/otlp-settings.ts';
import { evaluationScalars } from '../infra/telemetry/scalars/evaluation-scalars.ts';
import { stepScalars } from '../infra/telemetry/scalars/step-scalars.ts';
import type { Clock } from '../operators/ports/clock.ts';
import type { RunEvent } from './run-events.ts';

export interface ExportMetricsOptions {
  readonly environment: Environment;
  readonly clock: Pick<Clock, 'wallTime'>;
  /** Told where the collector does not take what it is sent. */
  readonly onProblem: (message: string) => void;
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch;
}

/** Subscribes at once. Where the environment names no collector, nothing is sent. */
export function exportMetrics(events: Observable<RunEvent>, options: ExportMetricsOptions): Promise<void> {
  const { fetch = globalThis.fetch, onProblem, clock } = options;
  const settings = otlpSettings(options.environment, onProblem);
  if (settings === null) return Promise.resolve();
  let exporter: MetricExporter | null = null;
  return new Promise((resolve) => {
    events.subscribe({
      next: (event) => {
        if (event.type === 'started') {
          const resource = { 'pretrainzero.run': event.name, 'pretrainzero.pipeline': event.pipeline };
          exporter = createOtlpExporter(settings, { fetch, onProblem, resource });
        } else if (event.type === 'step-done') {
          const progress = { name: 'step', attributes: {}, unit: '{step}', doc: 'Optimiser steps committed.', value: event.step };
          exporter?.add({ timeMs: event.timing.wallTimeMs, scalars: [progress, ...stepScalars(event.report, event.timing)] });
        } else if (event.type === 'evaluation') {
          exporter?.add({ timeMs: clock.wallTime(), scalars: evaluationScalars(event.summary) });
        }
      },
      complete: () => void (exporter?.close() ?? Promise.resolve()).then(resolve),
    });
  });
}
