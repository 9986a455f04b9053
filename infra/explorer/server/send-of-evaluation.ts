/** What the page asks of an evaluation. In: the request, the evaluation's folder, and the rest of the address. Out: whether there is such a thing; it is sent. Fails with the system's errors. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { nodeFileSystem } from '../../file-system/node-file-system.ts';
import { evaluationFiles, isEvaluationFile } from '../evaluation-files.ts';
import { sendFile } from './send-file.ts';

export async function sendOfEvaluation(request: IncomingMessage, response: ServerResponse, directory: string, rest: string): Promise<boolean> {
  if (rest.startsWith('files/')) return sendFile(request, response, { directory, path: rest.slice('files/'.length), isOpen: isEvaluationFile, from: null });
  if (rest !== 'files.json') return false;
  response.setHeader('content-type', 'application/json').end(JSON.stringify(await evaluationFiles(nodeFileSystem, directory)));
  return true;
}
