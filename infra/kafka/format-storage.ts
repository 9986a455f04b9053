/**
 * Prepares a broker's folder for data, once. In: Java, jars, settings file. Out: a formatted folder; nothing is done where it is formatted. `scram` are the users that can prove
 * themselves with SCRAM from the first start. Fails with BROKER_FAILED.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { brokerFiles } from './broker-files.ts';
import { quickJvm, type Jvm } from './jvm.ts';
import { readOnly } from './shared-classes.ts';

/** 16 bytes as Kafka writes them; a cluster of one needs no name of its own. */
const clusterId = 'pretrainzero-broker-1A';

export interface ScramUser {
  readonly mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  readonly name: string;
  readonly password: string;
}

/** @throws BROKER_FAILED */
export async function formatStorage(folder: string, jvm: Jvm, scram: readonly ScramUser[] = []): Promise<void> {
  const files = brokerFiles(folder);
  if (existsSync(join(files.data, 'meta.properties'))) return;
  const users = scram.flatMap(({ mechanism, name, password }) => ['--add-scram', `${mechanism}=[name=${name},password=${password}]`]);
  const args = [...quickJvm, ...readOnly(jvm.archive), '-cp', jvm.classPath, 'kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', files.settings, ...users];
  const child = spawn(jvm.java, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const status = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (status !== 0) throw new PretrainZeroError('BROKER_FAILED', `Kafka's storage tool cannot format the folder: ${said.trim().split('\n').at(-1) ?? ''}`, { file: files.data });
}
