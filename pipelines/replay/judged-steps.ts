/**
 * Steps of a log, judged once more. In: an opened replay. Out: for each step what was logged and what its stages make of it, and the dead letters that its commit holds.
 * Can go wrong: what reading and judging throw.
 */
import type { LoggedStep } from '../../operators/ports/step-log.ts';
import { expectedParagraphs } from '../../operators/replay/expected-paragraphs.ts';
import { judgeStep, type JudgedStep } from '../../operators/replay/judge-step.ts';
import { sampledVersion } from '../../operators/replay/sampled-version.ts';
import { needsStep } from '../../operators/rewards/scoring-rules.ts';
import { spanRecords, type SpanRecord } from '../../operators/rewards/span-record.ts';
import { openStepScorer } from '../../operators/rewards/step-scorer.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import type { OpenedReplay } from './open-replay.ts';

export interface JudgedLoggedStep extends JudgedStep {
  readonly logged: LoggedStep;
  /** As the stages leave them, before the step is scored as a whole: what refills go by. */
  readonly asScored: JudgedStep['messages'];
}

export interface JudgedSteps {
  read(step: number): Promise<JudgedLoggedStep>;
  /** Letters of corpus and stages that the step's commit holds: those of the corpus as they were logged. */
  letters(judged: JudgedLoggedStep): DeadLetter[];
}

export function judgedSteps({ log, config, judge, kind, topology }: OpenedReplay): JudgedSteps {
  const trained = log.steps[0]?.trainedFrom != null;
  const byStages = async (step: number): Promise<JudgedStep & { readonly logged: LoggedStep }> => {
    const logged = await log.read(step);
    const unlogged = kind === 'what-if' || kind === 'train' ? 'left-out' : trained ? 'left-out-whole' : 'hole';
    const policyVersion = trained || unlogged === 'left-out' ? null : sampledVersion(log, step, config.grpo.maxStaleness);
    const paragraphs = wholeCohorts(expectedParagraphs(step, logged.tables.paragraphs, { ...judge, firstOrdinal: null, corpus: null }));
    return { logged, ...(await judgeStep({ ...logged.tables, paragraphs }, judge, { unlogged, policyVersion, constraints: logged.fields.maskRollouts.has('constraint') })) };
  };
  const rules = topology.sink.update.rules?.(config) ?? null;
  const recall = async (step: number): Promise<readonly SpanRecord[]> => (await byStages(step)).messages.flatMap(spanRecords);
  const scorer = rules !== null && needsStep(rules) ? openStepScorer({ rules, recentSteps: config.rewards.recentSteps, recall }) : null;
  return {
    async read(step) {
      const judged = await byStages(step);
      return { ...judged, asScored: judged.messages, messages: (await scorer?.score(step, judged.messages)) ?? judged.messages };
    },
    letters: ({ logged, letters }) => [...logged.tables.deadLetters.filter((letter) => letter.stage === 'corpus'), ...letters],
  };
}

/** Where rows are missing the last cohort is not whole, and no stage would pass it on: it is judged as if it were. */
function wholeCohorts(paragraphs: readonly Paragraph[]): Paragraph[] {
  return paragraphs.map((row) => ({ ...row, cohortSize: Math.min(row.cohortSize, paragraphs.length - row.cohortFirstSlot) }));
}
