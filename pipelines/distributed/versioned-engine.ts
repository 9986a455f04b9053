/**
 * An engine that samples by the exact version that is asked for. In: how to open one, and where policy versions lie. Out: for each announced version an engine that samples by
 * it and does nothing else; the real one is opened, and the weights fetched, when a stage first samples. Can go wrong: ENGINE_FAILED where the weights are of another version
 * than announced; WEIGHTS_UNAVAILABLE; what the engine throws.
 */
import type { Engine } from '../../operators/ports/engine.ts';
import type { PolicyWeights } from '../../operators/ports/policy-weights.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { PolicyAnnouncement } from '../../schemas/records/control-messages.ts';

export interface VersionedEngine {
  /** @param onSampling rollouts done of those asked, tokens sampled by the call so far. */
  at(version: PolicyAnnouncement, onSampling: (done: number, total: number, tokens: number) => void): Engine;
  close(): Promise<void>;
}

export function createVersionedEngine(open: () => Promise<Engine>, weights: PolicyWeights): VersionedEngine {
  let opening: Promise<Engine> | null = null;
  let loaded: string | null = null;
  let before: Promise<unknown> = Promise.resolve();
  const serially = <T>(work: () => Promise<T>): Promise<T> => {
    const result = before.then(work);
    before = result.catch(() => undefined);
    return result;
  };
  const ready = async ({ weights: stored, version }: PolicyAnnouncement): Promise<Engine> => {
    const engine = await (opening ??= open());
    if (stored === null) throw new PretrainZeroError('WEIGHTS_UNAVAILABLE', `version ${version} was announced without weights`);
    if (loaded === stored.address) return engine;
    loaded = null;
    const folder = await weights.open(stored);
    try {
      await engine.load(folder.directory);
    } finally {
      await folder.close();
    }
    if (engine.version() !== version) throw new PretrainZeroError('ENGINE_FAILED', `the weights ${stored.address} are of version ${engine.version()}; announced was ${version}`);
    loaded = stored.address;
    return engine;
  };
  const refuse = (what: string) => () => Promise.reject(new PretrainZeroError('USAGE', `a stage that runs apart from the update may not ${what}`));
  return {
    at: (version, onSampling) => ({
      get info(): never {
        throw new PretrainZeroError('USAGE', 'a stage that runs apart from the update does not know its engine');
      },
      version: () => version.version,
      generate: (request, progress) =>
        serially(async () => {
          const engine = await ready(version);
          const total = request.groups.reduce((sum, group) => sum + group.seeds.length, 0);
          let tokens = 0;
          return engine.generate(request, (newTokens, openRows) => {
            tokens += newTokens;
            onSampling(total - openRows, total, tokens);
            progress?.(newTokens, openRows);
          });
        }),
      score: (groups) => serially(async () => (await ready(version)).score(groups)),
      entropies: (texts) => serially(async () => (await ready(version)).entropies(texts)),
      accumulate: refuse('train'),
      step: refuse('train'),
      discard: refuse('train'),
      save: refuse('save weights'),
      load: refuse('load weights'),
      close: () => Promise.resolve(),
    }),
    close: () => serially(async () => (await opening)?.close()),
  };
}
