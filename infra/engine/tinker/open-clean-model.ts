/**
 * A model on the server whose gradients are empty. In: a session and the model's settings. Out: a fresh model. Fails as the session does.
 *
 * On JAX, gradients that no step consumed outlive the model that they were computed for, and go to the next one in its slot, the lowest that is free. So a first model consumes what may lie there with
 * a step of rate 0, and is unloaded; a second one takes its place, its optimiser fresh.
 */
import type { TinkerSession } from './client/tinker-session.ts';
import type { TrainingClient } from './client/training-client.ts';
import { consumeGradients } from './consume-gradients.ts';
import type { TinkerEngineOptions } from './tinker-options.ts';

export async function openCleanModel(session: TinkerSession, { backend, model, lora, seed, optimiser }: TinkerEngineOptions): Promise<TrainingClient> {
  const adapter = { rank: lora?.rank ?? 0, seed };
  if (backend === 'jax') {
    const first = await session.createModel(model, adapter);
    await consumeGradients(first, optimiser);
    await first.unload();
  }
  return session.createModel(model, adapter);
}
