/**
 * Parts of one table, one after the other: for small ones, of which a page needs thousands. In: the run's folder, the table, the steps. Out: whether all of them are there; they
 * are sent. Fails with the system's errors.
 */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { stepPart } from '../../checkpoints/run-layout.ts';
import { openFile } from './open-file.ts';
import { isRunFile, isTable } from './run-folder-files.ts';

/** Parts given at once. */
const maxParts = 512;

export interface PartsRequest {
  readonly directory: string;
  readonly table: string;
  /** Numbers with commas between. */
  readonly steps: string;
}

export async function sendParts(response: ServerResponse, { directory, table, steps }: PartsRequest): Promise<boolean> {
  if (!isTable(table) || !/^\d{1,9}(,\d{1,9})*$/.test(steps)) return false;
  const numbers = steps.split(',').map(Number);
  if (numbers.length > maxParts) return false;
  const files = await Promise.all(numbers.map((step) => openFile(directory, stepPart(table, step), isRunFile)));
  const present = files.filter((file) => file !== null);
  if (present.length < files.length) return false;
  const parts = await Promise.all(present.map((file) => readFile(file)));
  response.setHeader('content-type', 'application/octet-stream').end(Buffer.concat(parts));
  return true;
}
