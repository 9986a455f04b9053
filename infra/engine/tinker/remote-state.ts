/**
 * What a folder of weights holds where they lie on a server: their address there. In: a folder. Out: `tinker.json`, durably, and back. Wrong: DISK_FULL, NOT_WRITABLE; MODEL_INVALID where the folder holds
 * something else, as the checkpoint of another engine.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { readJsonFile } from '../model-files/read-json-file.ts';
import { writeDurably } from '../model-files/write-durably.ts';

const schema = z.strictObject({
  /** Optimiser steps since the base model. */
  version: z.int().min(0),
  /** `state`: weights and optimiser, to go on from. `sampler`: weights to sample by. */
  kind: z.enum(['state', 'sampler']),
  path: z.string().startsWith('tinker://'),
  /** As the server names it. */
  model: z.string(),
  /** Of the adapter; 0: all weights. */
  rank: z.int().min(0),
});

export type RemoteState = z.infer<typeof schema>;

const fileName = 'tinker.json';
const largestBytes = 65_536;

export async function writeRemoteState(directory: string, state: RemoteState): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeDurably(join(directory, fileName), [new TextEncoder().encode(`${JSON.stringify(state, null, 2)}\n`)]);
}

/** @throws MODEL_INVALID */
export async function readRemoteState(directory: string): Promise<RemoteState> {
  const file = join(directory, fileName);
  const parsed = schema.safeParse(await readJsonFile(file, largestBytes));
  if (parsed.success) return parsed.data;
  throw new PretrainZeroError('MODEL_INVALID', 'The file does not say where on the server the weights are', { file }, parsed.error);
}
