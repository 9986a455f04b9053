/**
 * In: the path of a JSON file of a model folder and the size it may have. Out: the parsed value. Wrong: MODEL_INVALID where
 * the file is missing, larger, not UTF-8 or not JSON.
 */
import { readFile, stat } from 'node:fs/promises';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

/**
 * @param largestBytes refuses larger files before reading them: the folder is untrusted
 * @throws MODEL_INVALID
 */
export async function readJsonFile(file: string, largestBytes: number): Promise<unknown> {
  const bytes = await readBounded(file, largestBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new PretrainZeroError('MODEL_INVALID', 'Not a JSON file', { file }, cause);
  }
}

async function readBounded(file: string, largestBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file);
    if (size <= largestBytes) return await readFile(file);
  } catch (cause) {
    throw new PretrainZeroError('MODEL_INVALID', 'The file is missing or cannot be read', { file }, cause);
  }
  throw new PretrainZeroError('MODEL_INVALID', `The file is larger than ${largestBytes} bytes`, { file });
}
