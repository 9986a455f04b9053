/**
 * What a program of one's own may use. `launch` does what `pretrainzero run` does; `supervise` and `runWorker` do it over Kafka with workers of one's own; `pipeline` draws a graph of operators, one's own among
 * them; the operators are there to be put together anew.
 */
export { loadConfig, type LoadConfigOptions, type LoadedConfig } from '../infra/config/load-config.ts';
export { nodeFileSystem } from '../infra/file-system/node-file-system.ts';
export { openSamples, type ParagraphSample, type SampleReader } from '../infra/sample-log/read-samples.ts';
export { launchByTransport as launch } from './launch-by-transport.ts';
export type { LaunchOptions, Run } from './launch.ts';
export { supervise, type SuperviseOptions } from './distributed/supervise.ts';
export { runWorker, type RunWorkerOptions } from './distributed/run-worker.ts';
export { forkWorker, type ForkedExit, type ForkedWorker } from '../infra/processes/fork-worker.ts';
export { exportMetrics, type ExportMetricsOptions } from './export-metrics.ts';
export type * from './run-events.ts';
export type { RunParts } from './run-parts.ts';
export { replay, type Replay } from './replay.ts';
export type { ReplayOptions } from './replay/replay-options.ts';
export type * from './replay/replay-events.ts';
export { runInMemory, type InMemoryParts, type RunEnd } from './run-in-memory.ts';

export { pipeline, replaceStage, stage, stageNames, type OpenPipeline, type Stage, type StageOperator, type Topology } from './topology.ts';
export { describeTopology, type EdgeDescription, type TopologyDescription } from './describe-topology.ts';
export { edge, maskGroups, paragraphs, policyVersions, predictionGroups, scoredGroups, type Edge, type MessageOf } from './edges.ts';
export { namedTopologies } from './named-topologies.ts';
export { pretrainZero } from './pretrain-zero.ts';
export { randomSpan } from './random-span.ts';
export { continuePretraining } from './continue-pretraining.ts';

export { generateMasks } from '../operators/rollouts/generate-masks.ts';
export { drawSpans } from '../operators/rollouts/draw-spans.ts';
export { predictSpans } from '../operators/rollouts/predict-spans.ts';
export { cohorts } from '../operators/rollouts/cohorts.ts';
export type { RolloutDeps } from '../operators/rollouts/rollout-deps.ts';
export type { PromptSubject, PromptTemplate } from '../operators/rollouts/prompt-template.ts';
export { regulariseMask } from '../operators/rollouts/regularise-mask.ts';
export { passageId, paragraphId } from '../operators/rollouts/ids.ts';
export { promptSubject } from '../operators/rollouts/prompt-subject.ts';
export { scoreGroups } from '../operators/rewards/score-groups.ts';
export { paperRules, type ScoringRules } from '../operators/rewards/scoring-rules.ts';
export type { Outcome } from '../operators/rewards/group-filter.ts';
export { parseLastBraced, normaliseAnswer, type ParseAnswer, type ParsedAnswer } from '../operators/rollouts/parse-answer.ts';
export { wrapParagraphs } from '../operators/training/wrap-paragraphs.ts';
export { crossEntropyUpdate, grpoUpdate, type UpdateDeps, type UpdateRule } from '../operators/training/update-rule.ts';
export { seedOf, uniforms } from '../operators/flow/seeds.ts';
export type { Alarm, Sign } from '../operators/health/sign.ts';
export type { EvaluationSummary } from '../operators/evaluation/summarise-evaluation.ts';

export type * from '../operators/ports/clock.ts';
export type * from '../operators/ports/engine.ts';
export type * from '../operators/ports/paragraph-source.ts';
export type * from '../operators/ports/run-store.ts';
export type * from '../operators/ports/step-log.ts';
export { givenFields, type GivenField } from '../operators/replay/given-fields.ts';
export type { Difference } from '../operators/replay/difference.ts';
export type { StepChanges } from '../operators/replay/step-changes.ts';
export type * from '../operators/ports/tokenizer.ts';
export type * from '../operators/ports/topic.ts';

export { configSchema, type Config } from '../schemas/config/config.ts';
export { errorCodes, type ErrorCode } from '../schemas/error-codes.ts';
export { PretrainZeroError, type ErrorPlace } from '../schemas/pretrain-zero-error.ts';
export type { MaskGroup, PredictionGroups, ScoredGroups } from '../schemas/records/edges.ts';
export type { Paragraph } from '../schemas/records/paragraph.ts';
export type { CorpusParagraph } from '../schemas/records/corpus-paragraph.ts';
export type { MaskedPassage } from '../schemas/records/masked-passage.ts';
export type { MaskRollout } from '../schemas/records/mask-rollout.ts';
export type { PredictionRollout } from '../schemas/records/prediction-rollout.ts';
export type { ScoredGroup } from '../schemas/records/scored-group.ts';
export type { DeadLetter } from '../schemas/records/dead-letter.ts';
export type { EvaluationRow } from '../schemas/records/evaluation-row.ts';
export type { GradientBatch } from '../schemas/records/gradient-batch.ts';
export type { PolicyVersion } from '../schemas/records/policy-version.ts';
export type { LedgerLine, StepReport } from '../schemas/records/step-report.ts';
export type { StepTiming } from '../schemas/records/step-timing.ts';
