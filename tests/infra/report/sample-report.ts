/** A report for tests: three variants with five seeds, of figures that follow a rule, and names that try to be markup. */
import { compareVariants } from '../../../operators/analysis/compare-variants.ts';
import { triedRate } from '../../../operators/analysis/choose-rate.ts';
import type { Pick } from '../../../operators/analysis/describe-pick.ts';
import { tallyPicks } from '../../../operators/analysis/pick-tally.ts';
import type { RunRecord, StepRecord } from '../../../operators/analysis/run-record.ts';
import type { EvaluationSummary } from '../../../operators/evaluation/summarise-evaluation.ts';
import type { StepReport } from '../../../schemas/records/step-report.ts';
import type { ExperimentReport } from '../../../infra/report/experiment-terms.ts';

export const hostile = '<b>|x</b> `y` [z](javascript:alert(1)) & "q"';
const seeds = [1, 2, 3, 4, 5];
const variants = ['learned', 'random', 'plain'];
const steps = 8;

const stepReport = (step: number): StepReport => ({
  step, policyVersion: step, oldestPolicyVersion: step - 1, paragraphs: 4, learningRate: 1e-4, loss: 0.1, gradientNorm: 1, updateNorm: 1, responseTokens: 100, clippedLowShare: 0, clippedHighShare: 0, cappedShare: 0,
  ratioMean: 1, entropyMean: 1 / step, logprobDriftMean: 0, logprobDriftMax: 0, tokensComputed: 500, tokensInRows: 900, maskRewardMean: 0.4, predictionRewardMean: 0.3 + step / 100, usableMaskShare: 0.8, distinctMasksPerHundred: 60,
  truncatedMaskShare: 0, truncatedPredictionShare: 0, maskResponseTokensMean: 5, predictionResponseTokensMean: 6, sampledTokens: 300, predictionRewardError: null, criticLoss: null, criticExplainedVariance: null, instability: null, harm: null, imbalance: null, barren: null, heldOutStep: null, bestHeldOutStep: null, ledger: [],
});

const summary = (accuracy: number): EvaluationSummary => ({
  cloze: { items: 10, correct: 5, accuracy, byClass: [{ spanClass: 'inferable', items: 5, correct: 2, accuracy }, { spanClass: 'knowledge', items: 5, correct: 2, accuracy: accuracy / 2 }] },
  maskProbe: { samples: 10, usable: 8, usableShare: 0.8, byClass: [{ spanClass: 'noise', masks: 2, share: 0.25 }, { spanClass: 'knowledge', masks: 6, share: 0.75 }], distinctMasksPerHundred: 70 },
});

const pick = (changes: Partial<Pick>): Pick => ({ text: 'Rome', spanClass: 'knowledge', kind: 'name', words: 1, position: 0.25, rarity: 4, solved: 2, attempts: 4, ...changes });

function record(variant: string, seed: number): RunRecord {
  const place = variants.indexOf(variant);
  const records = Array.from({ length: steps }, (_, i): StepRecord => ({ report: stepReport(i + 1), promptTokens: 200, groups: variant === 'plain' ? 0 : 10, usefulGroups: variant === 'plain' ? 0 : 6, seconds: 3 }));
  const gain = 0.1 * (2 - place);
  const evaluations = [0, 4, 8].map((step) => ({ step, summary: summary(0.3 + (gain * step) / steps + 0.003 * ((seed * (place + 2)) % 5)) }));
  const quarter = tallyPicks([pick({}), pick({ text: hostile, spanClass: 'noise', kind: 'other', rarity: null }), pick({ solved: seed % 4 })]);
  return { variant, seed, learningRate: 2e-4, backend: 'stub', steps: records, evaluations, picks: variant === 'plain' ? [] : [quarter, quarter, quarter, quarter] };
}

/** `learned` gains most, `plain` nothing. */
export function sampleReport(changes: Partial<ExperimentReport> = {}): ExperimentReport {
  const comparison = compareVariants(
    {
      variants: variants.map((name) => ({ name, note: name === 'plain' ? hostile : null })),
      reference: 'random',
      seeds,
      measure: ['inferable', 'knowledge'],
      tuning: new Map([['learned', [triedRate(1e-4, [{ seed: 101, value: 0.4 }]), triedRate(2e-4, [{ seed: 101, value: 0.5 }]), triedRate(4e-4, [{ seed: 101, value: null }])]]]),
    },
    variants.flatMap((variant) => seeds.map((seed) => record(variant, seed))),
  );
  return {
    experiment: { name: 'sample', question: `Is it better? ${hostile}`, base: 'quickstart', budget: { tokens: 8000 }, measure: ['inferable', 'knowledge'], seeds, tuningSeeds: [101], reference: 'random' },
    comparison,
    failed: ['random, seed 9'],
    open: [],
    ...changes,
  };
}
