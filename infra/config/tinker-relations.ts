/**
 * What a config must hold where the model is on a Tinker server: keys of the engine in this process may not be given, and what the server's backend does not have may not be asked for. In: the config. Out: what is
 * broken; nothing without engine.tinker. Pure.
 */
import type { Config } from '../../schemas/config/config.ts';
import type { BrokenRelation } from './check-values.ts';

/** Of SkyRL's adapters; a client cannot choose it. */
export const serverAlpha = 32;
/** Clips nothing. */
export const noClip = 1e9;

interface Relation extends BrokenRelation {
  readonly holds: boolean;
}

const adapted = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const;

export function tinkerRelations({ pipeline, engine, rollouts, masks, grpo, optimiser }: Config): Relation[] {
  const { tinker, lora } = engine;
  if (tinker === null) return [];
  const own = (key: 'backend' | 'threads' | 'recomputeActivations', holds: boolean): Relation => ({
    keys: [`engine.${key}`, 'engine.tinker'],
    holds,
    what: `engine.${key} is ${engine[key]}, which is of the engine in this process; with engine.tinker the server's own settings say it`,
  });
  const jax = tinker.backend === 'jax';
  return [
    {
      keys: ['pipeline', 'engine.tinker'],
      holds: pipeline !== 'entropy-ntp' && pipeline !== 'entropy-span',
      what: `pipeline is ${pipeline}, which asks for the entropy of each token; the server does not tell it`,
    },
    {
      keys: ['masks.constrained', 'engine.tinker'],
      holds: !masks.constrained,
      what: 'masks.constrained is true, and the server cannot be told which tokens may be sampled',
    },
    {
      keys: ['masks.atLeast', 'engine.tinker'],
      holds: masks.atLeast === 0,
      what: `masks.atLeast is ${masks.atLeast}, and the server cannot be told which tokens may be sampled: set it to 0`,
    },
    own('backend', engine.backend === 'auto'),
    own('threads', engine.threads === 0),
    own('recomputeActivations', !engine.recomputeActivations),
    {
      keys: ['engine.lora', 'engine.tinker.backend'],
      holds: !jax || lora !== null,
      what: 'engine.lora is null, and the jax backend cannot train all weights: give engine.lora, or a server with the fsdp or megatron backend',
    },
    {
      keys: ['engine.lora.alpha', 'engine.tinker'],
      holds: lora === null || lora.alpha === serverAlpha,
      what: `engine.lora.alpha is ${lora?.alpha ?? 'null'}; on the server it is always ${serverAlpha}`,
    },
    {
      keys: ['engine.lora.targets', 'engine.tinker'],
      holds: lora === null || adapted.every((target) => lora.targets.includes(target)),
      what: `engine.lora.targets is ${lora?.targets.join(', ') ?? 'null'}; on the server every layer of a block gets an adapter: ${adapted.join(', ')}`,
    },
    {
      keys: ['rollouts.temperature', 'engine.tinker'],
      holds: rollouts.temperature === 1,
      what: `rollouts.temperature is ${rollouts.temperature}; the server gives and trains log-probabilities at temperature 1 alone, so the update would be another than that of the samples`,
    },
    {
      keys: ['grpo.maxStaleness', 'engine.tinker'],
      holds: grpo.maxStaleness === 0,
      what: `grpo.maxStaleness is ${grpo.maxStaleness}; the server samples by one version of the weights at a time`,
    },
    {
      keys: ['grpo.baseline', 'engine.tinker'],
      holds: grpo.baseline !== 'critic',
      what: 'grpo.baseline is critic, and the server has no value head: set it to group-mean, or leave engine.tinker out',
    },
    {
      keys: ['optimiser.gradientClip', 'engine.tinker.backend'],
      holds: !jax || optimiser.gradientClip >= noClip,
      what: `optimiser.gradientClip is ${optimiser.gradientClip}, and the jax backend does not clip; say so with ${noClip}`,
    },
  ];
}
