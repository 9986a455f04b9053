/**
 * A secret that a config names. In: `{ env }` or `{ file }`. Out: the secret; a line's end at the end of a file is no part of it. Fails with SECRET_MISSING where it is not there, cannot be
 * read or is empty.
 */
import type { SecretPlace } from '../../schemas/config/secret.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { readText } from '../file-system/read-file.ts';
import { systemCode } from '../file-system/system-code.ts';

export interface SecretWorld {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fileSystem: FileSystem;
}

/** @param key of the config, for messages @throws SECRET_MISSING */
export async function readSecret(place: SecretPlace, key: string, { environment, fileSystem }: SecretWorld): Promise<string> {
  if ('env' in place) {
    const value = environment[place.env] ?? '';
    if (value === '') throw new PretrainZeroError('SECRET_MISSING', `The environment variable ${place.env} is not set`, { key });
    return value;
  }
  const { file } = place;
  const text = await readText(fileSystem, file).catch((error: unknown) => {
    throw new PretrainZeroError('SECRET_MISSING', `The system refuses to read the file: ${systemCode(error) ?? String(error)}`, { file, key });
  });
  if (text === null) throw new PretrainZeroError('SECRET_MISSING', 'There is no such file', { file, key });
  const secret = text.replace(/\r?\n$/u, '');
  if (secret === '') throw new PretrainZeroError('SECRET_MISSING', 'The file is empty', { file, key });
  return secret;
}
