/**
 * One step's line of the manifest: a page that shows one sample needs no more to begin with. In: the run's folder, the step as the address gives it. Out: whether it is a step's number; the line is sent,
 * or nothing where the step is not committed. Fails with the system's errors.
 */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { layout } from '../../checkpoints/run-layout.ts';
import { openFile } from './open-file.ts';
import { isRunFile } from './run-folder-files.ts';

export async function sendStep(response: ServerResponse, directory: string, step: string): Promise<boolean> {
  const file = await openFile(directory, layout.manifest, isRunFile);
  if (file === null || !/^\d{1,9}$/.test(step)) return false;
  response.setHeader('content-type', 'application/x-ndjson; charset=utf-8').end(lineOf(await readFile(file, 'utf8'), Number(step)));
  return true;
}

/** The steps of a manifest are its lines, in order, from 1; a line without its end is not committed. */
function lineOf(text: string, step: number): string {
  let start = 0;
  for (let line = 1; line < step; line++) {
    start = text.indexOf('\n', start) + 1;
    if (start === 0) return '';
  }
  return step < 1 ? '' : text.slice(start, text.indexOf('\n', start) + 1);
}
