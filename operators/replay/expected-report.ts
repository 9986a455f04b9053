/**
 * The report of a step as its log makes it. In: what the step's operators reported over an engine that answers from the log, and the logged report. Out: the former with the
 * figures that only a model gives taken from the latter, where there can be any: a step in which no token went through the loss has none. Pure.
 */
import type { StepReport } from '../../schemas/records/step-report.ts';
import { modelFigures } from './given-fields.ts';

/** @param trainedTokens response tokens that went through the loss */
export function expectedReport(recomputed: StepReport, logged: StepReport | undefined, trainedTokens: number): StepReport {
  if (logged === undefined || trainedTokens === 0) return recomputed;
  const stepped = recomputed.gradientNorm !== null;
  const possible = modelFigures.filter((name) => logged[name] !== null && (stepped || (name !== 'gradientNorm' && name !== 'updateNorm')));
  return { ...recomputed, ...Object.fromEntries(possible.map((name) => [name, logged[name]])) };
}
