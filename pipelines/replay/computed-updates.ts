/**
 * Updates computed again by an engine. In: the engine with the weights to begin from, the log. Out: what stands for the engine in a replay of values: figures and weights are compared.
 *
 * On WebAssembly, and a run whose config names it, everything must be the same to the bit. Elsewhere (a run with `engine.backend: auto` does not say where it ran, and other backends round
 * otherwise) figures may differ by `figureBound`, and weights, at each checkpoint, by `weightBound` of the way that the updates went since the one before; from there on the
 * checkpoint's weights are taken. Can go wrong: what the engine throws.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { checkFile } from '../../infra/checkpoints/checksums.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import type { Engine } from '../../operators/ports/engine.ts';
import type { LoggedCheckpoint } from '../../operators/ports/step-log.ts';
import type { Difference } from '../../operators/replay/difference.ts';
import { nearReport, type NearBound } from '../../operators/replay/near-report.ts';
import { replayEngine } from '../../operators/replay/replay-engine.ts';
import { compareWeights, isMoments, type WeightDifference } from './compare-weights.ts';
import type { OpenedReplay } from './open-replay.ts';
import type { EmitReplay } from './replay-events.ts';
import type { UpdateReplay } from './update-replay.ts';

export const figureBound: NearBound = { absolute: 1e-3, relative: 1e-2 };
/** Of the sum of the update norms. Native against WebAssembly, six steps of the quickstart: 0.00005. */
export const weightBound = 0.01;

export function computedUpdates(engine: Engine, { log, own, directory }: OpenedReplay, emit: EmitReplay): UpdateReplay {
  const { backend } = engine.info;
  const mustBeExact = backend === 'wasm' && own.engine.backend === 'wasm';
  let travelled = 0; // sum of the update norms since the weights it began from
  let found: Difference | null = null;
  const compare = async (step: number, checkpoint: LoggedCheckpoint, saved: string): Promise<void> => {
    found = await damagedCheckpoint(step, directory, checkpoint);
    if (found !== null) return;
    const differences = await compareWeights(saved, checkpoint);
    const [worst] = differences;
    if (worst === undefined) emit({ type: 'weights-compared', step, exact: true, relative: 0, backend });
    else if (!mustBeExact && worst.distance === null) emit({ type: 'note', message: `the weights after step ${step} are not the checkpoint's to the bit, and it is gone: how near they are cannot be told` });
    else if (!mustBeExact && isNear(differences, travelled)) {
      emit({ type: 'weights-compared', step, exact: false, relative: (worst.distance ?? 0) / travelled, backend });
      await engine.load(checkpoint.directory);
    } else found = weightsDifference(step, relative(directory, checkpoint.directory), worst, travelled);
    travelled = 0;
  };
  return {
    engine: replayEngine({
      info: engine.info,
      version: () => engine.version(),
      accumulate: (request) => engine.accumulate(request),
      step: async (request) => {
        const result = await engine.step(request);
        travelled += result.updateNorm ?? 0;
        return result;
      },
      discard: () => engine.discard(),
      save: (folder, options) => engine.save(folder, options),
    }),
    begin: () => undefined,
    async committed(step, save) {
      const checkpoint = log.steps[step - 1]?.checkpoint ?? null;
      if (checkpoint === null) return;
      const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-replay-'));
      try {
        await save(folder);
        await compare(step, checkpoint, folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    report: (recomputed, { tables }) => (mustBeExact ? recomputed : nearReport(recomputed, tables.steps[0], figureBound)),
    difference: () => found,
  };
}

/** Of a checkpoint that is there. */
async function damagedCheckpoint(step: number, run: string, checkpoint: LoggedCheckpoint): Promise<Difference | null> {
  if (!existsSync(checkpoint.directory)) return null;
  for (const file of checkpoint.files) {
    const what = await checkFile(nodeFileSystem, checkpoint.directory, file, { content: true });
    if (what !== null) return { ...noPlace, kind: 'damaged', step, file: `${relative(run, checkpoint.directory)}/${file.path}`, what };
  }
  return null;
}

const noPlace = { table: null, row: null, id: null, field: null, logged: null, recomputed: null } as const;

/** The moments follow from the gradients, whose figures are compared: the weights decide. */
function isNear(differences: readonly WeightDifference[], travelled: number): boolean {
  return differences.every(({ file, distance }) => isMoments(file) || (distance !== null && distance <= weightBound * travelled));
}

function weightsDifference(step: number, folder: string, { file, first, distance }: WeightDifference, travelled: number): Difference {
  const apart = distance === null ? 'the checkpoint is gone, but its checksum is another' : `they are ${distance.toPrecision(3)} apart (L2); the updates went ${travelled.toPrecision(3)}`;
  return {
    kind: 'value',
    step,
    file: `${folder}/${file}`,
    table: null,
    row: null,
    id: first?.tensor ?? null,
    field: first === null ? null : `[${first.index}]`,
    logged: first?.logged ?? null,
    recomputed: first?.recomputed ?? null,
    what: `the weights are not those that the updates lead to: ${apart}`,
  };
}
