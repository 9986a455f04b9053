/** The thread of `readDamagedPart`: reads one file and posts its rows, or null where it is not one of that record. */
import { parentPort, workerData } from 'node:worker_threads';
import { recordDefinitions } from '../../schemas/records/index.ts';
import { nodeFileSystem } from '../file-system/node-file-system.ts';
import type { DamagedRows } from './read-damaged-part.ts';
import { readFieldNames, readRows } from './read-records.ts';

const { file, record } = workerData as { readonly file: string; readonly record: string };

async function read(): Promise<DamagedRows | null> {
  const definition = recordDefinitions.find(({ name }) => name === record);
  if (definition === undefined) return null;
  try {
    const rows: object[] = [];
    for await (const row of readRows(nodeFileSystem, file, definition)) rows.push(row);
    return { rows, fields: await readFieldNames(nodeFileSystem, file, definition) };
  } catch {
    return null;
  }
}

parentPort?.postMessage(await read());
