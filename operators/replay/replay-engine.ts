/** An engine put together from answers out of a log. In: the calls that it answers. Out: the port. What is not among them fails with USAGE. */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Engine } from '../ports/engine.ts';

export function replayEngine(calls: Partial<Engine>): Engine {
  const refuse = (): Promise<never> => Promise.reject(new PretrainZeroError('USAGE', 'a replay from the log has no model: it can neither sample nor score anew'));
  return {
    info: { backend: 'log', reason: 'a replay', threads: 1, parameters: 0, trainedParameters: 0, vocabularySize: 0, maxPositions: 0, recomputesActivations: false },
    version: () => 0,
    generate: refuse,
    score: refuse,
    entropies: refuse,
    accumulate: refuse,
    step: refuse,
    discard: () => Promise.resolve(),
    save: refuse,
    load: refuse,
    close: () => Promise.resolve(),
    ...calls,
  };
}
