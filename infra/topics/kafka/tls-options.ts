/**
 * Encryption, as the client takes it. In: `kafka.tls`. Out: Node's options, with the contents of the files; null for none. What the broker shows is always checked. Fails with NOT_READABLE, and
 * CONFIG_INVALID where a file is no PEM, or certificate and key do not belong together.
 */
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import type { KafkaSection } from '../../../schemas/config/kafka-section.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { onRead } from '../../file-system/file-error.ts';
import type { FileSystem } from '../../file-system/file-system.ts';
import { readFile } from '../../file-system/read-file.ts';
import type { Redactor } from './redactor.ts';

/** @throws NOT_READABLE, CONFIG_INVALID */
export async function tlsOptions({ tls }: Pick<KafkaSection, 'tls'>, fileSystem: FileSystem, redactor: Redactor): Promise<ConnectionOptions | null> {
  if (tls === null) return null;
  const { certificate, key } = tls;
  if ((certificate === null) !== (key === null)) throw new PretrainZeroError('CONFIG_INVALID', 'A client certificate needs its key, and a key its certificate', { key: certificate === null ? 'kafka.tls.certificate' : 'kafka.tls.key' });
  const text = async (file: string): Promise<string> => Buffer.from(await onRead(file, () => readFile(fileSystem, file))).toString('latin1');
  const own = certificate === null || key === null ? {} : { cert: await text(certificate), key: await text(key) };
  if (own.key !== undefined) for (const line of own.key.split(/\r?\n/u)) if (line !== '' && !line.startsWith('-----')) redactor.learn(line);
  const authority = tls.ca === null ? {} : { ca: await text(tls.ca) };
  if (tls.ca !== null) mustBePem(authority, tls.ca, 'kafka.tls.ca');
  if (certificate !== null) mustBePem(own, certificate, 'kafka.tls.certificate');
  return { ...authority, ...own };
}

/** What Node says of a key names no part of it. */
function mustBePem(options: ConnectionOptions, file: string, key: string): void {
  if (options.ca !== undefined && !String(options.ca).includes('-----BEGIN CERTIFICATE-----')) throw new PretrainZeroError('CONFIG_INVALID', 'No certificate in PEM is in the file', { file, key });
  try {
    createSecureContext(options);
  } catch (error) {
    throw new PretrainZeroError('CONFIG_INVALID', `What is in the file cannot be used: ${error instanceof Error ? error.message : String(error)}`, { file, key });
  }
}
