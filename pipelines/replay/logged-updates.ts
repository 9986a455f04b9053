/** Updates answered from the log: no model, so figures that only a model gives are taken as logged. In: the log. Out: what stands for the engine. Nothing can go wrong. */
import type { StepLog } from '../../operators/ports/step-log.ts';
import { expectedReport } from '../../operators/replay/expected-report.ts';
import { loggedUpdate, type UpdateCalls } from '../../operators/replay/logged-update.ts';
import { replayEngine } from '../../operators/replay/replay-engine.ts';
import { versionAfter } from '../../operators/replay/sampled-version.ts';
import type { UpdateReplay } from './update-replay.ts';

export function loggedUpdates(log: Pick<StepLog, 'steps'>): UpdateReplay {
  let calls: UpdateCalls | null = null;
  return {
    engine: replayEngine({
      version: () => calls?.version() ?? 0,
      accumulate: (request) => calls!.accumulate(request),
      step: (request) => calls!.step(request),
    }),
    begin: (logged) => (calls = loggedUpdate(logged, versionAfter(log, logged.step - 1))),
    committed: () => Promise.resolve(),
    report: (recomputed, { tables }, batches) => expectedReport(recomputed, tables.steps[0], batches.reduce((sum, batch) => sum + batch.responseTokens, 0)),
    difference: () => null,
  };
}
