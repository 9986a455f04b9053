/**
 * A pipeline as a value: stages joined by edges, from the corpus to the gradient sink. A runner decides where stages run and
 * what the edges are made of; stages speak with each other by edges alone. Can go wrong: USAGE for a stage that is not there, or twice.
 *
 * ```
 * admit-paragraphs -- paragraphs --> stage --> ... -- scored-groups --> update
 *        ^------------- credits <-- policy versions ----------------------'
 * ```
 */
import type { OperatorFunction } from 'rxjs';
import type { RolloutDeps } from '../operators/rollouts/rollout-deps.ts';
import type { UpdateRule } from '../operators/training/update-rule.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import { paragraphs, scoredGroups, type Edge, type MessageOf } from './edges.ts';

/** Makes a stage's operator. It passes every paragraph on once, in the order in which they came. */
export type StageOperator<In, Out> = (deps: RolloutDeps) => OperatorFunction<In, Out>;

/** A transform between two edges. Made by `stage`, which sees to it that operator and edges agree. */
export interface Stage {
  readonly name: string;
  readonly consumes: Edge;
  readonly produces: Edge;
  readonly operator: StageOperator<never, unknown>;
}

export interface Topology {
  readonly name: string;
  readonly source: { readonly name: string; readonly produces: typeof paragraphs };
  readonly stages: readonly Stage[];
  readonly sink: { readonly name: string; readonly consumes: typeof scoredGroups; readonly update: UpdateRule };
}

export function stage<In extends Edge, Out extends Edge>(
  name: string,
  consumes: In,
  operator: StageOperator<MessageOf<In>, MessageOf<Out>>,
  produces: Out,
): Stage {
  return { name, consumes, produces, operator };
}

/** A pipeline as far as its last edge. */
export interface OpenPipeline<E extends Edge> {
  stage<Out extends Edge>(name: string, operator: StageOperator<MessageOf<E>, MessageOf<Out>>, produces: Out): OpenPipeline<Out>;
  /** Closes the pipeline, once its last edge is `scored-groups`. */
  update(this: OpenPipeline<typeof scoredGroups>, rule: UpdateRule): Topology;
}

/** Begins a pipeline at the edge `paragraphs`. */
export function pipeline(name: string): OpenPipeline<typeof paragraphs> {
  return extend(name, [], paragraphs);
}

function extend<E extends Edge>(name: string, stages: readonly Stage[], last: E): OpenPipeline<E> {
  return {
    stage: (stageName, operator, produces) => {
      if (stages.some((earlier) => earlier.name === stageName)) throw new PretrainZeroError('USAGE', `the pipeline ${name} has two stages named ${stageName}`);
      return extend(name, [...stages, stage(stageName, last, operator, produces)], produces);
    },
    update: (rule) => ({
      name,
      source: { name: 'admit-paragraphs', produces: paragraphs },
      stages,
      sink: { name: 'update', consumes: scoredGroups, update: rule },
    }),
  };
}

/** The same pipeline with another operator in one place. The new stage must join the same edges. */
export function replaceStage(topology: Topology, name: string, by: Stage): Topology {
  const old = topology.stages.find((candidate) => candidate.name === name);
  if (old === undefined) {
    const known = topology.stages.map((candidate) => candidate.name).join(', ');
    throw new PretrainZeroError('USAGE', `the pipeline ${topology.name} has no stage ${name}; it has ${known}`);
  }
  if (old.consumes.name !== by.consumes.name || old.produces.name !== by.produces.name) {
    throw new PretrainZeroError('USAGE', `${by.name} joins ${by.consumes.name} to ${by.produces.name}, and ${name} ${old.consumes.name} to ${old.produces.name}`);
  }
  return { ...topology, stages: topology.stages.map((candidate) => (candidate === old ? by : candidate)) };
}

/** Names of the stages in order, the sink last. */
export function stageNames(topology: Topology): string[] {
  return [...topology.stages.map((each) => each.name), topology.sink.name];
}
