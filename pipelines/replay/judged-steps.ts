/**
 * Steps of a log, judged once more. In: an opened replay. Out: for each step what was logged and what its stages make of it, and the dead letters that its commit holds.
 * Can go wrong: what reading and judging throw.
 */
import type { LoggedStep } from '../../operators/ports/step-log.ts';
import { expectedParagraphs } from '../../operators/replay/expected-paragraphs.ts';
import { judgeStep, type JudgedStep } from '../../operators/replay/judge-step.ts';
import { sampledVersion } from '../../operators/replay/sampled-version.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { OpenedReplay } from './open-replay.ts';

export interface JudgedLoggedStep extends JudgedStep {
  readonly logged: LoggedStep;
}

export interface JudgedSteps {
  read(step: number): Promise<JudgedLoggedStep>;
  /** Letters of corpus and stages that the step's commit holds: those of the corpus as they were logged. */
  letters(judged: JudgedLoggedStep): DeadLetter[];
}

export function judgedSteps({ log, config, judge, kind }: OpenedReplay): JudgedSteps {
  const trained = log.steps[0]?.trainedFrom != null;
  return {
    async read(step) {
      const logged = await log.read(step);
      const unlogged = kind === 'what-if' || kind === 'train' ? 'left-out' : trained ? 'left-out-whole' : 'hole';
      const policyVersion = trained || unlogged === 'left-out' ? null : sampledVersion(log, step, config.grpo.maxStaleness);
      const paragraphs = wholeCohorts(expectedParagraphs(step, logged.tables.paragraphs, { ...judge, firstOrdinal: null, corpus: null }));
      return { logged, ...(await judgeStep({ ...logged.tables, paragraphs }, judge, { unlogged, policyVersion })) };
    },
    letters: ({ logged, letters }) => [...logged.tables.deadLetters.filter((letter) => letter.stage === 'corpus'), ...letters],
  };
}

/** Where rows are missing the last cohort is not whole, and no stage would pass it on: it is judged as if it were. */
function wholeCohorts(paragraphs: readonly Paragraph[]): Paragraph[] {
  return paragraphs.map((row) => ({ ...row, cohortSize: Math.min(row.cohortSize, paragraphs.length - row.cohortFirstSlot) }));
}
