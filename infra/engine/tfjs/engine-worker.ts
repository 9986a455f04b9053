/** The engine's thread. In: `TfjsEngineOptions` as worker data, then `EngineCalls`. Out: replies. Errors become messages. */
import { workerData } from 'node:worker_threads';
import type { EngineCalls } from './engine-calls.ts';
import type { TfjsEngineOptions } from './engine-options.ts';
import { TfjsEngine } from './tfjs-engine.ts';
import { serveCalls } from './threads/serve-calls.ts';

await serveCalls<EngineCalls>(async () => {
  const engine = await TfjsEngine.open(workerData as TfjsEngineOptions);
  return {
    ready: engine.info,
    methods: {
      generate: (progress, request) => engine.generate(request, progress),
      score: (_, groups) => engine.score(groups),
      entropies: (_, texts) => engine.entropies(texts),
      accumulate: (_, request) => engine.accumulate(request),
      step: (_, request) => engine.step(request),
      discard: () => engine.discard(),
      save: (_, directory, options) => engine.save(directory, options),
      load: async (_, directory) => {
        await engine.load(directory);
        return engine.version();
      },
      close: () => engine.close(),
    },
  };
});
