/** How the stages of a run stand. In: the topics and groups, asked again and again. Out: workers, lag and rate of each stage. Errors: the bus's. */
import type { FlowTold } from '../run-events.ts';
import type { Topology } from '../topology.ts';
import { trainStage } from './begin-epoch.ts';
import { logStage } from './log-worker.ts';
import type { RunBus } from './run-bus.ts';
import { groupName } from './run-topics.ts';
import { sourceStage } from './source-worker.ts';

/** Topic whose messages a stage's group is done with. */
function inputs({ stages }: Topology): { readonly stage: string; readonly topic: string }[] {
  return [
    { stage: sourceStage, topic: 'grants' },
    ...stages.map((stage) => ({ stage: stage.name, topic: stage.consumes.name })),
    { stage: trainStage, topic: 'committed-steps' },
    { stage: logStage, topic: 'step-commits' },
  ];
}

export type StageFigures = FlowTold['stages'][number];

/** @param now milliseconds, monotonic. */
export function createFlowFigures(run: RunBus, topology: Topology, now: () => number): () => Promise<StageFigures[]> {
  let before = new Map<string, { readonly done: number; readonly at: number }>();
  return async () => {
    const of = inputs(topology);
    const topics = of.map(({ topic }) => run.topic(topic));
    const [ends, groups] = await Promise.all([run.bus.topicFigures(topics), run.bus.groupFigures(of.map(({ stage }) => groupName(run.config, stage)), topics)]);
    const at = now();
    const after = new Map<string, { readonly done: number; readonly at: number }>();
    const figures = of.map(({ stage, topic }): StageFigures => {
      const group = groups.find(({ group: name }) => name === groupName(run.config, stage));
      const partitions = ends.find(({ name }) => name === run.topic(topic))?.partitions ?? [];
      let [lag, done] = [0, 0];
      for (const { partition, first, next } of partitions) {
        const committed = group?.committed.find((each) => each.topic === run.topic(topic) && each.partition === partition)?.offset ?? first;
        lag += Math.max(0, Number(next - committed));
        done += Number(committed);
      }
      after.set(stage, { done, at });
      const last = before.get(stage);
      const seconds = last === undefined ? 0 : (at - last.at) / 1000;
      return { stage, workers: group?.members ?? 0, lag, rate: last === undefined || seconds <= 0 ? 0 : Math.max(0, done - last.done) / seconds };
    });
    before = after;
    return figures;
  };
}
