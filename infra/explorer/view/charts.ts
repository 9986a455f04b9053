/**
 * The curves of a run. In: a step's report and timing, an evaluation's summary. Out: charts by name, each with its lines. What the paper's figures show has the paper's
 * names. A figure that a step does not have is null. Pure.
 */
import type { EvaluationSummary } from '../../../operators/evaluation/summarise-evaluation.ts';
import { dropReasons, type DropReason, type Role } from '../../../schemas/records/scored-group.ts';
import type { StepReport } from '../../../schemas/records/step-report.ts';
import type { StepTiming } from '../../../schemas/records/step-timing.ts';

/** What is known of a step; a summary of the base model has step 0 and no report. */
export interface StepFigures {
  readonly report: StepReport | null;
  readonly timing: StepTiming | null;
  readonly evaluation: EvaluationSummary | null;
}

/** Colours of the page, by what they stand for. */
export type Hue = 'predict' | 'mask' | 'all' | 'third' | 'fourth' | 'fifth';

export interface Line {
  readonly name: string;
  readonly hue: Hue;
  readonly value: (figures: StepFigures) => number | null;
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  /** Axis that a share has, from 0 to 1. */
  readonly share?: boolean;
}

const ofReport =
  (value: (report: StepReport) => number | null) =>
  ({ report }: StepFigures): number | null =>
    report === null ? null : value(report);
const ofTiming =
  (value: (timing: StepTiming) => number | null) =>
  ({ timing }: StepFigures): number | null =>
    timing === null ? null : value(timing);

/** Rollouts of a role that were dropped for a reason, of those admitted. Groups of a role are of one size: so it is the share of groups. */
export function droppedShare(report: StepReport, role: Role, reason: DropReason): number | null {
  const line = report.ledger.find((each) => each.role === role);
  if (line === undefined || line.admitted === 0) return null;
  return (line.dropped.find((each) => each.reason === reason)?.count ?? 0) / line.admitted;
}

/** Mean length of all responses, of both roles. */
export function responseLength(report: StepReport): number | null {
  const admitted = report.ledger.reduce((sum, line) => sum + line.admitted, 0);
  return admitted === 0 ? null : report.sampledTokens / admitted;
}

const dropped = (role: Role, reason: DropReason): Line['value'] => ofReport((report) => droppedShare(report, role, reason));
const perSecond = (amount: number, ms: number): number | null => (ms > 0 ? (1000 * amount) / ms : null);

const [allZero, allOne, allEqual] = dropReasons;

export const stepCharts: readonly Chart[] = [
  {
    title: 'Reward',
    unit: 'mean',
    share: true,
    lines: [
      { name: 'mask prediction', hue: 'predict', value: ofReport((r) => r.predictionRewardMean) },
      { name: 'mask generation', hue: 'mask', value: ofReport((r) => r.maskRewardMean) },
    ],
  },
  {
    title: 'Accuracy',
    unit: 'share of predictions right',
    share: true,
    lines: [
      { name: 'training', hue: 'predict', value: ofReport((r) => r.predictionRewardMean) },
      { name: 'held out', hue: 'third', value: ({ evaluation }) => evaluation?.cloze?.accuracy ?? null },
    ],
  },
  {
    title: 'Response length',
    unit: 'tokens, mean',
    lines: [
      { name: 'mask prediction', hue: 'predict', value: ofReport((r) => r.predictionResponseTokensMean) },
      { name: 'mask generation', hue: 'mask', value: ofReport((r) => r.maskResponseTokensMean) },
      { name: 'all', hue: 'all', value: ofReport(responseLength) },
    ],
  },
  { title: 'Entropy', unit: 'nats a token', lines: [{ name: 'outputs', hue: 'all', value: ofReport((r) => r.entropyMean) }] },
  {
    title: 'Dropped groups, prediction',
    unit: 'share',
    share: true,
    lines: [
      { name: 'all 0', hue: 'mask', value: dropped('predict', allZero) },
      { name: 'all 1', hue: 'predict', value: dropped('predict', allOne) },
    ],
  },
  {
    title: 'Dropped groups, generation',
    unit: 'share',
    share: true,
    lines: [
      { name: 'all 0', hue: 'mask', value: dropped('mask', allZero) },
      { name: 'all equal', hue: 'third', value: dropped('mask', allEqual) },
    ],
  },
  {
    title: 'Masks',
    unit: 'share',
    share: true,
    lines: [
      { name: 'usable', hue: 'mask', value: ofReport((r) => r.usableMaskShare) },
      { name: 'distinct texts', hue: 'third', value: ofReport((r) => (r.distinctMasksPerHundred === null ? null : r.distinctMasksPerHundred / 100)) },
    ],
  },
  {
    title: 'Truncated responses',
    unit: 'share',
    share: true,
    lines: [
      { name: 'mask prediction', hue: 'predict', value: ofReport((r) => r.truncatedPredictionShare) },
      { name: 'mask generation', hue: 'mask', value: ofReport((r) => r.truncatedMaskShare) },
    ],
  },
  {
    title: 'Clipped tokens',
    unit: 'share',
    lines: [
      { name: 'low', hue: 'mask', value: ofReport((r) => r.clippedLowShare) },
      { name: 'high', hue: 'predict', value: ofReport((r) => r.clippedHighShare) },
      { name: 'capped', hue: 'third', value: ofReport((r) => r.cappedShare) },
    ],
  },
  {
    title: 'Failure signs',
    unit: 'share, below its threshold where all is well',
    lines: [
      { name: 'instability', hue: 'all', value: ofReport((r) => r.instability) },
      { name: 'harm', hue: 'predict', value: ofReport((r) => r.harm) },
      { name: 'imbalance', hue: 'mask', value: ofReport((r) => r.imbalance) },
      { name: 'barren', hue: 'third', value: ofReport((r) => r.barren) },
    ],
  },
  { title: 'Gradient norm', unit: 'L2', lines: [{ name: 'before clipping', hue: 'all', value: ofReport((r) => r.gradientNorm) }] },
  { title: 'Log-probability drift', unit: 'nats, mean', lines: [{ name: 'training against sampling', hue: 'all', value: ofReport((r) => r.logprobDriftMean) }] },
  { title: 'Staleness', unit: 'versions, oldest sample', lines: [{ name: 'oldest', hue: 'all', value: ofReport((r) => Math.max(0, r.policyVersion - 1 - r.oldestPolicyVersion)) }] },
  {
    title: 'Throughput',
    unit: 'tokens a second',
    lines: [
      { name: 'sampled', hue: 'predict', value: ({ report, timing }) => (report && timing ? perSecond(report.sampledTokens, timing.totalMs) : null) },
      { name: 'trained', hue: 'mask', value: ({ report, timing }) => (report && timing ? perSecond(report.responseTokens, timing.totalMs) : null) },
    ],
  },
  {
    title: 'Time of a step',
    unit: 'seconds',
    lines: [
      { name: 'all', hue: 'all', value: ofTiming((t) => t.totalMs / 1000) },
      { name: 'sampling', hue: 'predict', value: ofTiming((t) => t.generateMs / 1000) },
      { name: 'training', hue: 'mask', value: ofTiming((t) => t.trainMs / 1000) },
    ],
  },
];

const classHues: readonly Hue[] = ['third', 'predict', 'all', 'fourth', 'mask', 'fifth'];

/** @param classes of spans, in alphabetical order; none where the run was not evaluated. */
export function evaluationCharts(classes: readonly string[]): Chart[] {
  if (classes.length === 0) return [];
  const hue = (i: number): Hue => classHues[i % classHues.length]!;
  return [
    {
      title: 'Held-out accuracy by class',
      unit: 'share of answers right',
      share: true,
      lines: classes.map((name, i) => ({ name, hue: hue(i), value: ({ evaluation }) => evaluation?.cloze?.byClass.find((each) => each.spanClass === name)?.accuracy ?? null })),
    },
    {
      title: 'Mask probe by class',
      unit: 'share of usable masks',
      share: true,
      lines: classes.map((name, i) => ({ name, hue: hue(i), value: ({ evaluation }) => evaluation?.maskProbe?.byClass.find((each) => each.spanClass === name)?.share ?? null })),
    },
  ];
}
