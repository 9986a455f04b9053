/**
 * What a run puts on Kafka. In: a config, its topology, its model's trained parameters where they are known. Out: topics, bytes of a step, and what nothing here can check. Pure. Bytes are upper
 * bounds before compression.
 */
import { edgeNames, runTopics } from '../../../pipelines/distributed/run-topics.ts';
import type { Topology } from '../../../pipelines/topology.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { samplesPredictions } from '../../../schemas/config/samples-predictions.ts';

export interface KafkaEstimate {
  readonly topics: readonly { readonly name: string; readonly partitions: number }[];
  /** Written to the edges by a step, before compression. A message carries on what the ones before it held. */
  readonly maxBytesPerStep: number;
  /** Of one policy version on shared storage; as many as maxStaleness + 2 lie there at once. */
  readonly weightsBytes: number | null;
  /** What to see to by oneself. */
  readonly notes: readonly string[];
}

/** An int32 id, a float32 log-probability, and the text. */
const bytesPerResponseToken = 12;
const bytesPerPromptToken = 4;
const floatBytes = 4;

export function estimateKafka(config: Config, topology: Topology, trained: number | null): KafkaEstimate {
  const { rollouts, masks: { atLeast }, corpus, grpo, kafka, pipeline } = config;
  const sampled = samplesPredictions(pipeline);
  const text = corpus.maxTokens * bytesPerResponseToken;
  const rollout = (response: number): number => rollouts.maxPromptTokens * bytesPerPromptToken + response * bytesPerResponseToken;
  const masks = pipeline === 'pretrain-zero' ? (rollouts.masksPerParagraph + atLeast) * rollout(rollouts.maxMaskResponseTokens) : 0;
  const predictions = sampled ? rollouts.masksPerParagraph * rollouts.predictionsPerMask * rollout(rollouts.maxPredictionResponseTokens) : 0;
  const edges = edgeNames(topology).length;
  const ofParagraph = edges * text + (sampled ? 3 * masks + 2 * predictions : 0);
  return {
    topics: runTopics(config, topology).map(({ name, partitions }) => ({ name, partitions })),
    maxBytesPerStep: rollouts.paragraphsPerStep * ofParagraph,
    weightsBytes: trained === null ? null : trained * floatBytes,
    notes: [
      ...(kafka.weights === null ? ["kafka.weights is null: policy versions lie in the run's folder, which workers on other machines must reach under the same --out; nothing here can check that"] : []),
      ...(grpo.maxStaleness > 0 && grpo.refillParagraphs > 0 ? ['grpo.refillParagraphs is above 0: a step waits until all that was granted is scored, so sampling and updating do not overlap although grpo.maxStaleness would allow it'] : []),
      ...(kafka.partitions > rollouts.paragraphsPerStep ? [`kafka.partitions is ${kafka.partitions}, more than the ${rollouts.paragraphsPerStep} paragraphs of a step: some partitions stay empty, and no more workers share a stage than there are paragraphs`] : []),
      ...(kafka.replicationFactor === 1 ? ['kafka.replicationFactor is 1: a broker that is lost takes with it what lies on it'] : []),
    ],
  };
}
