/**
 * `pretrainzero check`. In: a config. Out: all of it resolved, the graph with what each edge carries, how it differs from PretrainZero's, and what a step takes. Fails with what `loadConfig` throws;
 * exit code 1 where a file that the config names cannot be used.
 */
import { describeTopology } from '../../pipelines/describe-topology.ts';
import { namedTopologies } from '../../pipelines/named-topologies.ts';
import { topologyDifference } from '../../pipelines/topology-difference.ts';
import type { Config } from '../../schemas/config/config.ts';
import { samplesPredictions } from '../../schemas/config/samples-predictions.ts';
import { loadConfig } from '../config/load-config.ts';
import { expectedAdapter } from '../engine/model-files/adapter/adapter.ts';
import { expectedWeights } from '../engine/model-files/expected-weights.ts';
import { elementCount } from '../engine/model-files/host-tensor.ts';
import { bytes, count } from './amounts.ts';
import { annotatedConfig } from './check/annotated-config.ts';
import { differenceLines } from './check/difference-lines.ts';
import { graphLines } from './check/graph-lines.ts';
import { estimateKafka, type KafkaEstimate } from './check/kafka-estimate.ts';
import { findNamedFiles } from './check/find-named-files.ts';
import { rolloutsNotes } from './check/rollouts-notes.ts';
import { tinkerNotes } from './check/tinker-notes.ts';
import { partDifferences } from './check/part-differences.ts';
import { estimateDisk, estimateMemory, estimateStep, type DiskEstimate, type MemoryEstimate, type StepEstimate } from './check/step-estimate.ts';
import type { CliWorld } from './cli-world.ts';
import { exitCodes } from './exit-codes.ts';
import { inkOf, type Ink } from './ink.ts';
import { tableLines } from './table-lines.ts';

export interface CheckOptions {
  readonly set: readonly string[];
  readonly json: boolean;
}

export async function checkCommand(configName: string, { set, json }: CheckOptions, { terminal, folder }: CliWorld): Promise<number> {
  const loaded = await loadConfig(configName, { set, folder });
  const { config } = loaded;
  const topology = namedTopologies[config.pipeline];
  const graph = describeTopology(topology);
  const difference = { ...topologyDifference(topology, namedTopologies['pretrain-zero']), coldStartSteps: config.run.coldStartSteps, parts: partDifferences(config, topology) };
  const { model, problems } = await findNamedFiles(config);
  const parameters = model === null ? null : countOf(expectedWeights(model));
  const { lora, tinker } = config.engine;
  const trained = model === null || lora === null ? parameters : countOf(expectedAdapter(lora, model));
  const step = estimateStep(config);
  const memory = tinker !== null || model === null || parameters === null || trained === null ? null : estimateMemory(config, model, parameters, trained);
  const disk = estimateDisk(config, step, tinker === null ? trained : null);
  const kafka = config.transport === 'kafka' ? estimateKafka(config, topology, tinker === null ? trained : null) : null;
  const notes = [...tinkerNotes(config), ...rolloutsNotes(config)];
  const exitCode = problems.length === 0 ? exitCodes.ok : exitCodes.failed;
  if (json) {
    const told = problems.map(({ code, message, remedy }) => ({ code, message, remedy }));
    terminal.write(`${JSON.stringify({ config, files: loaded.files, graph, difference, step, memory, disk, kafka, notes, problems: told })}\n`);
    return exitCode;
  }
  const ink = inkOf(terminal.color);
  const lines = [
    annotatedConfig(loaded).trimEnd(),
    '',
    ...graphLines(graph, ink),
    '',
    ...differenceLines(difference, ink),
    '',
    ...estimateLines(config, step, memory, disk),
    ...(kafka === null ? [] : kafkaLines(kafka, ink)),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => ink.yellow(`note: ${note}`))]),
    '',
    ...(problems.length === 0
      ? [ink.green('Everything that it names is there.')]
      : problems.flatMap(({ code, message, remedy }) => [`${ink.red(code)}: ${message}`, `${ink.dim('->')} ${remedy}`])),
  ];
  terminal.write(lines.map((line) => `${line}\n`).join(''));
  return exitCode;
}

function countOf(shapes: ReadonlyMap<string, readonly number[]>): number {
  return [...shapes.values()].reduce((sum, shape) => sum + elementCount(shape), 0);
}

function estimateLines(config: Config, step: StepEstimate, memory: MemoryEstimate | null, disk: DiskEstimate): string[] {
  const sampled = samplesPredictions(config.pipeline);
  return tableLines([
    [`A step (of ${count(config.run.steps)})`],
    ['  paragraphs', count(step.paragraphs)],
    ...(sampled
      ? [
          ['  prompts', count(step.prompts)],
          ['  mask rollouts', count(step.maskRollouts)],
          ['  prediction rollouts, at most', count(step.predictionRollouts)],
          ['  prompt tokens, at most', count(step.maxPromptTokens)],
          ['  response tokens, at most', count(step.maxResponseTokens)],
        ]
      : []),
    ['  tokens trained on, at most', count(step.maxTrainedTokens)],
    ...(sampled ? [['  (with a row for each rollout', `${count(step.maxTokensInRows)})`]] : []),
    ['Memory'],
    ...(memory === null
      ? [[config.engine.tinker === null ? '  known once the model is there' : `  on the server, ${config.engine.tinker.url}`]]
      : [
          ['  parameters', count(memory.parameters)],
          ...(config.engine.lora === null ? [] : [['  parameters of the adapter', count(memory.trainedParameters)]]),
          ['  weights, gradients, AdamW', bytes(memory.modelBytes)],
          ['  keys and values while sampling, at most', bytes(memory.maxCacheBytes)],
          ['  activations of a training pass, about', bytes(memory.approximateActivationBytes)],
        ]),
    ['Disk'],
    ['  log of a step, at most', bytes(disk.maxLogBytesPerStep)],
    ...(disk.checkpointBytes === null ? [] : [['  a checkpoint', bytes(disk.checkpointBytes)]]),
    ...(disk.maxTotalBytes === null ? [] : [['  the run, at most', bytes(disk.maxTotalBytes)]]),
  ]);
}

function kafkaLines({ topics, maxBytesPerStep, weightsBytes, notes }: KafkaEstimate, ink: Ink): string[] {
  const rows = [
    ['Kafka'],
    ...topics.map(({ name, partitions }) => [`  ${name}`, `${partitions} partition${partitions === 1 ? '' : 's'}`]),
    ['  bytes of a step, at most', bytes(maxBytesPerStep)],
    ...(weightsBytes === null ? [] : [['  weights of a policy version', bytes(weightsBytes)]]),
  ];
  return ['', ...tableLines(rows), ...notes.map((note) => ink.yellow(`note: ${note}`))];
}
