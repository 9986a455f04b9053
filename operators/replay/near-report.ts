/**
 * A report that was computed on another backend than the logged one: rounding differs. In: both, and the bound. Out: the recomputed one, with the logged figure wherever the two
 * are within the bound; so that what still differs is a difference. Counts are never near. Pure.
 */
import type { StepReport } from '../../schemas/records/step-report.ts';
import { modelFigures } from './given-fields.ts';

/** A figure of the model is near where it differs by at most `absolute + relative |logged|`. */
export interface NearBound {
  readonly absolute: number;
  readonly relative: number;
}

export function nearReport(recomputed: StepReport, logged: StepReport | undefined, { absolute, relative }: NearBound): StepReport {
  if (logged === undefined) return recomputed;
  const near = modelFigures.filter((name) => {
    const [was, is] = [logged[name], recomputed[name]];
    return was !== null && is !== null && Math.abs(was - is) <= absolute + relative * Math.abs(was);
  });
  return { ...recomputed, ...Object.fromEntries(near.map((name) => [name, logged[name]])) };
}
