/**
 * In: tensors under their names. Out: a safetensors file of F32, its bytes a function of the tensors and the metadata alone
 * (sorted names, the layout of the reference implementation), fsynced. Wrong: DISK_FULL, NOT_WRITABLE.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { elementCount, type HostTensor } from './host-tensor.ts';
import { formatSafetensorsHeader } from './safetensors-header.ts';
import { writeDurably } from './write-durably.ts';

/**
 * @param metadata what readers may ask for; transformers wants `{ format: 'pt' }`
 * @throws DISK_FULL, NOT_WRITABLE; MODEL_INVALID where a shape does not fit its data
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Promise<void> {
  const sorted = [...tensors].map(([name, tensor]) => ({ name, ...tensor })).sort((a, b) => byBytes(a.name, b.name));
  for (const { name, shape, data } of sorted) {
    if (elementCount(shape) === data.length) continue;
    throw new PretrainZeroError('MODEL_INVALID', `Tensor "${name}" of shape [${shape.join(', ')}] has ${data.length} elements`, {
      file: path,
      key: name,
    });
  }
  const pieces = [formatSafetensorsHeader(sorted, metadata)];
  for (const { data } of sorted) pieces.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  await writeDurably(path, pieces);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
