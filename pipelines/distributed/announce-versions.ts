/**
 * Policy versions on their way to the workers. In: the engine after each update. Out: its weights on shared storage and, once they are there, the announcement; weights that no
 * paragraph can need any more are removed. Can go wrong: what engine, storage and bus throw.
 */
import type { CorpusPosition } from '../../operators/ports/paragraph-source.ts';
import type { Engine } from '../../operators/ports/engine.ts';
import type { PolicyWeights, StoredWeights } from '../../operators/ports/policy-weights.ts';
import { policyAnnouncement, type PolicyAnnouncement } from '../../schemas/records/control-messages.ts';
import { weightsFolder } from './begin-epoch.ts';
import { fingerprintOf } from './policy-follower.ts';
import type { RunBus } from './run-bus.ts';

export interface AnnounceOptions {
  readonly run: RunBus;
  readonly weights: PolicyWeights;
  readonly engine: Engine;
  readonly epoch: number;
  readonly start: { readonly step: number; readonly corpusPosition: CorpusPosition | null };
}

export interface VersionAnnouncer {
  /** Resolves once workers can go on with the weights after this step. */
  announce(kind: 'epoch' | 'update', step: number): Promise<void>;
  /** Tells all that the run is over, and removes the weights. */
  end(step: number): Promise<void>;
}

export function createVersionAnnouncer({ run, weights, engine, epoch, start }: AnnounceOptions): VersionAnnouncer {
  const stored = new Map<number, StoredWeights>(); // by step, oldest first
  const config = fingerprintOf(run.config);
  const publish = (kind: PolicyAnnouncement['kind'], step: number, of: StoredWeights | null): Promise<void> => {
    const startPosition = start.corpusPosition === null ? null : JSON.stringify(start.corpusPosition);
    const record: PolicyAnnouncement = { kind, version: engine.version(), step, startStep: start.step, startPosition, weights: of, config };
    return run.publish('policy-versions', policyAnnouncement, record, { epoch, step, id: `${kind}/${step}` });
  };
  const removeOld = async (step: number): Promise<void> => {
    for (const [of, { address }] of [...stored]) {
      if (of >= step - run.config.grpo.maxStaleness) break;
      stored.delete(of);
      if (![...stored.values()].some((other) => other.address === address)) await weights.remove(address);
    }
  };
  return {
    async announce(kind, step) {
      if (kind === 'epoch') await weights.clear();
      const address = `${weightsFolder(epoch)}/version-${engine.version()}`;
      const last = [...stored.values()].at(-1);
      const own = last?.address === address ? last : await weights.put(address, (directory) => engine.save(directory, { optimizer: false }));
      stored.set(step, own);
      await publish(kind, step, own);
      await removeOld(step);
    },
    async end(step) {
      await publish('end', step, null);
      await weights.clear();
    },
  };
}
