/**
 * The value head beside a checkpoint's weights: `value_head.safetensors`, which readers of the model pass over. In and out: the head, and AdamW's moments of it. Wrong: MODEL_INVALID, DISK_FULL,
 * NOT_WRITABLE.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { HostTensor } from '../../model-files/host-tensor.ts';
import { readSafetensors } from '../../model-files/read-safetensors.ts';
import { writeSafetensors } from '../../model-files/write-safetensors.ts';
import { naturalOf, versionKey } from '../engine-state-files.ts';
import type { AdamW } from '../training/adamw.ts';
import type { ValueHead } from './value-head.ts';

export const headFile = 'value_head.safetensors';
const stepsKey = 'optimizer_steps';
const prefixes = { first: 'm.', second: 'v.' } as const;

/** @param optimizer null leaves the moments out */
export async function saveHead(directory: string, head: ValueHead, version: number, optimizer: AdamW | null): Promise<void> {
  const tensors = new Map<string, HostTensor>(head.tensors);
  const state = optimizer?.state();
  for (const [name, { shape }] of head.tensors) {
    for (const kind of ['first', 'second'] as const) {
      const data = state?.[kind].get(name);
      if (data !== undefined) tensors.set(`${prefixes[kind]}${name}`, { shape, data });
    }
  }
  const steps = state === undefined ? {} : { [stepsKey]: String(state.steps) };
  await writeSafetensors(join(directory, headFile), tensors, { format: 'pt', [versionKey]: String(version), ...steps });
}

/** A folder without a head, as of a base model, sets it back to 0. @throws MODEL_INVALID where it is of another width or version */
export async function loadHead(directory: string, head: ValueHead, version: number, optimizer: AdamW): Promise<void> {
  const file = join(directory, headFile);
  if (!existsSync(file)) {
    for (const { data } of head.tensors.values()) data.fill(0);
    optimizer.restore(0, new Map(), new Map());
    return;
  }
  const { tensors, metadata } = await readSafetensors(file);
  if (naturalOf(metadata, versionKey, file) !== version) throw new PretrainZeroError('MODEL_INVALID', `The value head is not of version ${version}, as the weights are`, { file });
  const moments = { first: new Map<string, Float32Array>(), second: new Map<string, Float32Array>() };
  for (const [name, { shape, data }] of head.tensors) {
    const stored = tensors.get(name);
    if (stored?.shape.join() !== shape.join()) throw new PretrainZeroError('MODEL_INVALID', `The value head has no tensor "${name}" of shape [${shape.join(', ')}]`, { file, key: name });
    data.set(stored.data);
    for (const kind of ['first', 'second'] as const) {
      const own = tensors.get(`${prefixes[kind]}${name}`);
      if (own !== undefined) moments[kind].set(name, own.data);
    }
  }
  optimizer.restore(naturalOf(metadata, stepsKey, file), moments.first, moments.second);
}

/** Of an engine without a critic: a head that an earlier save left does not belong to these weights. */
export function removeHead(directory: string): Promise<void> {
  return rm(join(directory, headFile), { force: true });
}
