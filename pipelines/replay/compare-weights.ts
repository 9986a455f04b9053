/**
 * Weights beside those of a checkpoint. In: a folder just saved, the checkpoint as the manifest names it. Out: whether every file of tensors is the same; where not, how far the weights are apart
 * and where first. Can go wrong: MODEL_INVALID for a damaged file.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '../../infra/engine/model-files/read-safetensors.ts';
import { checkpointFiles } from '../../infra/checkpoints/run-layout.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { sha256File } from '../../infra/file-system/read-file.ts';
import type { LoggedCheckpoint } from '../../operators/ports/step-log.ts';

export interface WeightDifference {
  readonly file: string;
  /** The first value that differs; null where the checkpoint is gone. */
  readonly first: { readonly tensor: string; readonly index: number; readonly logged: number; readonly recomputed: number } | null;
  /** L2 of the difference of the file's tensors; null where the checkpoint is gone. */
  readonly distance: number | null;
}

/** @returns the files that differ, weights before moments; none where all are the same to the last byte */
export async function compareWeights(saved: string, { directory, files }: LoggedCheckpoint): Promise<WeightDifference[]> {
  const differences: WeightDifference[] = [];
  for (const { path, sha256 } of files.filter((file) => isEngines(file.path)).sort((a, b) => Number(isMoments(a.path)) - Number(isMoments(b.path)))) {
    const own = join(saved, path);
    if (existsSync(own) && (await sha256File(nodeFileSystem, own)) === sha256) continue;
    const logged = join(directory, path);
    const comparable = existsSync(own) && existsSync(logged) && path.endsWith('.safetensors');
    differences.push({ file: path, ...(comparable ? await tensorDifference(own, logged) : { first: null, distance: null }) });
  }
  return differences;
}

/** Files of the engine; the others are the run's. */
const isEngines = (path: string): boolean => !(Object.values(checkpointFiles) as string[]).includes(path);
/** Moments, and the value head, which lies with its own. */
export const isMoments = (path: string): boolean => path.startsWith('optimizer') || path.startsWith('value_head');

async function tensorDifference(own: string, logged: string): Promise<Pick<WeightDifference, 'first' | 'distance'>> {
  const [recomputed, saved] = [(await readSafetensors(own)).tensors, (await readSafetensors(logged)).tensors];
  let first: WeightDifference['first'] = null;
  let squares = 0;
  for (const [tensor, { data }] of saved) {
    const other = recomputed.get(tensor)?.data;
    for (let index = 0; index < data.length; index++) {
      const [was, is] = [data[index]!, other?.[index] ?? NaN];
      if (Object.is(was, is)) continue;
      first ??= { tensor, index, logged: was, recomputed: is };
      squares += (was - is) ** 2;
    }
  }
  return { first, distance: Math.sqrt(squares) };
}
