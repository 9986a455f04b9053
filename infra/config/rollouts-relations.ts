/**
 * What a config must hold where a server with OpenAI's completions samples: that weights get there while it runs, or that no later version is trained on than it has. In: the config. Out: what is broken; nothing without
 * engine.rollouts. Pure.
 */
import type { Config } from '../../schemas/config/config.ts';
import { samplesPredictions } from '../../schemas/config/samples-predictions.ts';
import { weightLoading } from '../engine/openai-rollouts/weight-loading.ts';
import type { BrokenRelation } from './check-values.ts';

interface Relation extends BrokenRelation {
  readonly holds: boolean;
}

export function rolloutsRelations({ pipeline, transport, run, engine, rollouts, masks, grpo }: Config): Relation[] {
  const server = engine.rollouts;
  if (server === null) return [];
  const kind = engine.lora === null ? 'all' : 'adapter';
  return [
    {
      keys: ['engine.rollouts', 'engine.tinker'],
      holds: engine.tinker === null,
      what: "engine.rollouts cannot stand beside engine.tinker: give the Tinker server's own --external-inference-url, which sends its samples to vLLM",
    },
    {
      keys: ['engine.rollouts', 'transport'],
      holds: transport === 'memory',
      what: `transport is ${transport}, where several workers would load weights into the one server of engine.rollouts under the same names`,
    },
    {
      keys: ['engine.rollouts', 'pipeline'],
      holds: samplesPredictions(pipeline),
      what: `pipeline is ${pipeline}, which samples nothing that engine.rollouts could`,
    },
    {
      keys: ['masks.constrained', 'engine.rollouts'],
      holds: !masks.constrained,
      what: 'masks.constrained is true, and the server of engine.rollouts cannot be told which tokens may be sampled',
    },
    {
      keys: ['masks.atLeast', 'engine.rollouts'],
      holds: masks.atLeast === 0,
      what: `masks.atLeast is ${masks.atLeast}, and the server of engine.rollouts cannot be told which tokens may be sampled: set it to 0`,
    },
    {
      keys: ['grpo.baseline', 'engine.rollouts'],
      holds: grpo.baseline !== 'critic',
      what: 'grpo.baseline is critic, and the server of engine.rollouts does not tell the value of a prompt: set it to group-mean, or leave engine.rollouts out',
    },
    {
      keys: ['rollouts.temperature', 'engine.rollouts'],
      holds: rollouts.temperature === 1,
      what: `rollouts.temperature is ${rollouts.temperature}; some servers of engine.rollouts give log-probabilities before the temperature and some after, and at 1 alone they are the same`,
    },
    {
      keys: ['engine.rollouts.folder', 'engine.rollouts.server'],
      holds: server.folder === null || weightLoading(server.server, kind) !== null,
      what: server.server === 'llama-cpp'
        ? 'engine.rollouts.folder is given, and llama.cpp loads weights as it starts alone: it must be null'
        : `engine.rollouts.folder is given, and ${server.server} loads adapters while it runs, not all weights: give engine.lora, or another server`,
    },
    {
      keys: ['engine.rollouts.folder', 'run.steps', 'grpo.maxStaleness'],
      holds: server.folder !== null || run.steps - 1 <= grpo.maxStaleness,
      what: `engine.rollouts.folder is null, so that all samples are of version 0, and step ${run.steps} would be trained on samples ${run.steps - 1} versions old; grpo.maxStaleness is ${grpo.maxStaleness}`,
    },
  ];
}
