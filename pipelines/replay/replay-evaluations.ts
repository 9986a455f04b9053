/**
 * Held-out rows once more. In: an opened replay. Out: the rows of a step, made of the logged responses by the evaluations themselves. Where the held-out files are not there, the rows are
 * taken as they are, and a note says so. Can go wrong: what the evaluations throw.
 */
import type { LoggedStep } from '../../operators/ports/step-log.ts';
import { loggedEvaluation } from '../../operators/replay/logged-evaluation.ts';
import { replayEngine } from '../../operators/replay/replay-engine.ts';
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import { evaluateHeldOut } from '../held-out.ts';
import type { OpenedReplay } from './open-replay.ts';
import type { EmitReplay } from './replay-events.ts';

export interface ReplayEvaluations {
  /** @param step the step after which they are; 0 for the base model, whose rows the first step's commit holds */
  of(logged: LoggedStep, step: number): Promise<readonly EvaluationRow[]>;
}

export function replayEvaluations({ heldOut, config, tokenizer, judge }: OpenedReplay, emit: EmitReplay): ReplayEvaluations {
  let told = false;
  return {
    async of({ tables }, step) {
      const rows = tables.evaluations.filter((row) => row.step === step);
      if (heldOut === null) {
        if (!told && rows.length > 0) emit({ type: 'note', message: 'the held-out files are not there, so the evaluations were taken as logged' });
        told ||= rows.length > 0;
        return rows;
      }
      const evaluation = loggedEvaluation(rows, step, tokenizer);
      return evaluateHeldOut(heldOut, { engine: replayEngine({ generate: evaluation.generate }), tokenizer: evaluation.tokenizer, template: judge.template, config }, step);
    },
  };
}
