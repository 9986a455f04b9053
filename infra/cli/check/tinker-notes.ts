/** What the settings of a Tinker server must be for a run to be what its config says; nothing here can look. In: the config. Out: sentences; none without engine.tinker. Pure. */
import type { Config } from '../../../schemas/config/config.ts';
import { isLocal } from './is-local.ts';

export function tinkerNotes({ engine, optimiser, grpo, rollouts, transport, run }: Config): string[] {
  const { tinker, lora } = engine;
  if (tinker === null) return [];
  const positions = rollouts.maxPromptTokens + Math.max(rollouts.maxMaskResponseTokens, rollouts.maxPredictionResponseTokens);
  const { beta1, beta2, epsilon, weightDecay, gradientClip } = optimiser;
  const own = `betas ${beta1} and ${beta2}, epsilon ${epsilon}, weight decay ${weightDecay}, gradient clip ${gradientClip}`;
  return [
    `the server must take sequences of ${positions} tokens; it does not look`,
    ...(tinker.backend === 'jax'
      ? [`the server must be started with max_lora_rank of at least ${lora?.rank ?? 0}, and max_lora_adapters of at least 4: it keeps one for the base model, and that of a client that was killed for five minutes`]
      : [`of the optimiser the ${tinker.backend} backend takes the learning rate alone from a run; give its trainer.policy.optimizer_config ${own}, and no schedule and no warm-up of its own`]),
    `grpo.ratioCap (${grpo.ratioCap}) does not act: the server does not cap ratios, and rollouts of the weights that are trained have none to cap`,
    `checkpoints of weights lie on the server, the newest ${run.keepCheckpoints + 1} of each start; those of an earlier start stay until somebody removes them`,
    ...(tinker.apiKey === null && new URL(tinker.url).protocol === 'http:' && !isLocal(tinker.url) ? ['the connection is neither encrypted nor proven: a SkyRL server lets everyone in who reaches its port'] : []),
    ...(transport === 'kafka' ? ['every worker that samples asks the one server; kafka.weights holds addresses alone'] : []),
  ];
}
