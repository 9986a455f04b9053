/** The report of an experiment as a value. In: its terms and figures. Out: title and blocks, the answer first. Pure. */
import type { ExperimentReport } from './experiment-terms.ts';
import type { Block } from './report-block.ts';
import { answerSection } from './sections/answer-section.ts';
import { costSection } from './sections/cost-section.ts';
import { heldOutSection } from './sections/held-out-section.ts';
import { methodSection } from './sections/method-section.ts';
import { picksSection } from './sections/picks-section.ts';
import { trainingSection } from './sections/training-section.ts';
import { tuningSection } from './sections/tuning-section.ts';

export function experimentReport(report: ExperimentReport): { readonly title: string; readonly blocks: Block[] } {
  return {
    title: `Experiment ${report.experiment.name}`,
    blocks: [answerSection, costSection, heldOutSection, trainingSection, picksSection, tuningSection, methodSection].flatMap((section) => section(report)),
  };
}
