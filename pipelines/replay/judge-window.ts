/**
 * Steps read and judged a little ahead. In: an opened replay. Out: for each step what was logged and what its stages make of it, and the dead letters that belong into its commit: with
 * `maxStaleness` s those of the paragraphs of s steps later, which were sampled before it. Memory: s + 1 steps. Can go wrong: what reading and judging throw.
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

export interface JudgeWindow {
  /** A step, from the first one on, each once and in order. */
  next(step: number): Promise<JudgedLoggedStep>;
  /** Letters of corpus and stages that the commit of the step holds: those of the corpus, and of steps that were never committed, as they were logged. To be asked after `next(step)`. */
  letters(step: number): DeadLetter[];
}

export function openJudgeWindow({ log, config, judge, kind }: OpenedReplay): JudgeWindow {
  const { maxStaleness } = config.grpo;
  const steps = new Map<number, JudgedLoggedStep>();
  const trained = log.steps[0]?.trainedFrom != null;
  const read = async (step: number): Promise<JudgedLoggedStep> => {
    const logged = await log.read(step);
    const unlogged = kind === 'what-if' || kind === 'train' ? 'left-out' : trained ? 'left-out-whole' : 'hole';
    const policyVersion = trained || unlogged === 'left-out' ? null : sampledVersion(log, step, maxStaleness);
    const paragraphs = wholeCohorts(expectedParagraphs(step, logged.tables.paragraphs, { ...judge, firstOrdinal: null }));
    return { logged, ...(await judgeStep({ ...logged.tables, paragraphs }, judge, { unlogged, policyVersion })) };
  };
  return {
    async next(step) {
      steps.delete(step - 1);
      for (let ahead = step; ahead <= Math.min(step + maxStaleness, log.steps.length); ahead++) {
        if (!steps.has(ahead)) steps.set(ahead, await read(ahead));
      }
      return steps.get(step)!;
    },
    letters(step) {
      const first = step === 1 ? 1 : step + maxStaleness;
      const ahead = [...steps].filter(([of]) => of >= first && of <= step + maxStaleness);
      const given = steps.get(step)!.logged.tables.deadLetters.filter((letter) => letter.stage === 'corpus' || (letter.step ?? 0) > log.steps.length);
      return [...given, ...ahead.flatMap(([, judged]) => judged.letters)];
    },
  };
}

/** Where rows are missing the last cohort is not whole, and no stage would pass it on: it is judged as if it were. */
function wholeCohorts(paragraphs: readonly Paragraph[]): Paragraph[] {
  return paragraphs.map((row) => ({ ...row, cohortSize: Math.min(row.cohortSize, paragraphs.length - row.cohortFirstSlot) }));
}
