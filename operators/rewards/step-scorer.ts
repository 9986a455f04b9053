/**
 * Scores whole steps, and remembers their spans as far as later ones need them. In: steps in any order, each with its paragraphs as `scoreGroups` left them. Out: the same, scored. Steps
 * before that it has not seen, at the start of a run that goes on or of a replay, are recalled. Can go wrong: what `recall` throws.
 */
import type { ScoredGroups } from '../../schemas/records/edges.ts';
import { RecentSpans } from './recent-spans.ts';
import { scoreStep } from './score-step.ts';
import type { ScoringRules } from './scoring-rules.ts';
import { spanRecords, type SpanRecord } from './span-record.ts';

export interface StepScorerOptions {
  readonly rules: ScoringRules;
  /** `rewards.recentSteps` */
  readonly recentSteps: number;
  /** What became of the spans of a step that is done. */
  readonly recall: (step: number) => Promise<readonly SpanRecord[]>;
}

export interface StepScorer {
  score(step: number, paragraphs: readonly ScoredGroups[]): Promise<readonly ScoredGroups[]>;
}

export function openStepScorer({ rules, recentSteps, recall }: StepScorerOptions): StepScorer {
  const remembers = rules.generation.needs === 'recent-steps';
  let spans = new RecentSpans(recentSteps);
  let last = 0; // step that `spans` has last
  return {
    async score(step, paragraphs) {
      if (!remembers) return scoreStep(paragraphs, rules, spans);
      if (step !== last + 1) {
        spans = new RecentSpans(recentSteps);
        for (let before = Math.max(1, step - recentSteps); before < step; before++) spans.add(before, await recall(before));
      }
      spans.add(step, paragraphs.flatMap(spanRecords));
      last = step;
      return scoreStep(paragraphs, rules, spans);
    },
  };
}
