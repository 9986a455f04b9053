import { z } from 'zod';
import { kafkaSection } from './kafka-section.ts';
import * as sections from './sections.ts';

/** A run's whole configuration, every key present (defaults come from `configs/base.yaml` through `extends`). */
export const configSchema = z.strictObject({
  pipeline: z.enum(['pretrain-zero', 'random-span', 'random-ntp', 'entropy-ntp', 'entropy-span', 'rare-span', 'entity-span', 'supervised-span', 'continue-pretraining', 'post-training']).describe('Which graph of operators.'),
  transport: z.enum(['memory', 'kafka']).describe('What lies between the stages: the memory of one process, or Kafka topics and any number of worker processes.'),
  run: sections.runSection,
  model: sections.modelSection,
  engine: sections.engineSection,
  corpus: sections.corpusSection,
  rollouts: sections.rolloutsSection,
  masks: sections.masksSection,
  optimiser: sections.optimiserSection,
  rewards: sections.rewardsSection,
  grpo: sections.grpoSection,
  pretraining: sections.pretrainingSection,
  evaluation: sections.evaluationSection,
  alarms: sections.alarmsSection,
  benchmark: sections.benchmarkSection,
  verifier: sections.verifierSection,
  log: sections.logSection,
  kafka: kafkaSection,
});

export type Config = z.infer<typeof configSchema>;
