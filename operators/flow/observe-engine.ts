/**
 * An engine that tells what it does. In: an engine. Out: the same engine, its calls timed by phase and its sampling
 * reported as rollouts done of rollouts asked. Changes no result; errors pass through.
 */
import type { Engine, GenerateProgress } from '../ports/engine.ts';
import type { Stopwatch } from './stopwatch.ts';

/** @param tokens sampled by the call so far. */
export type SamplingProgress = (done: number, total: number, tokens: number) => void;

export function observeEngine(engine: Engine, stopwatch: Stopwatch, onSampling: SamplingProgress): Engine {
  return {
    info: engine.info,
    version: () => engine.version(),
    generate(request, progress) {
      const total = request.groups.reduce((sum, group) => sum + group.seeds.length, 0);
      let tokens = 0;
      const observe: GenerateProgress = (newTokens, openRows) => {
        tokens += newTokens;
        onSampling(total - openRows, total, tokens);
        progress?.(newTokens, openRows);
      };
      return stopwatch.measure('generate', () => engine.generate(request, observe));
    },
    score: (groups) => stopwatch.measure('generate', () => engine.score(groups)),
    entropies: (texts) => stopwatch.measure('generate', () => engine.entropies(texts)),
    accumulate: (request) => stopwatch.measure('train', () => engine.accumulate(request)),
    step: (request) => stopwatch.measure('train', () => engine.step(request)),
    discard: () => stopwatch.measure('train', () => engine.discard()),
    save: (directory, options) => engine.save(directory, options),
    load: (directory) => engine.load(directory),
    close: () => engine.close(),
  };
}
