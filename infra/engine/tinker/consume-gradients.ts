/** Takes accumulated gradients off the server, by a step of rate 0: it has no other way. The weights stay, the optimiser's averages do not. In: a model that nothing more will be trained with. Fails as its client does. */
import type { TrainingClient } from './client/training-client.ts';
import type { TinkerEngineOptions } from './tinker-options.ts';

export async function consumeGradients(model: TrainingClient, optimiser: TinkerEngineOptions['optimiser']): Promise<void> {
  await model.optimStep({ ...optimiser, learningRate: 0, gradientClip: 1 });
}
