/**
 * The explorer's server. In: runs and evaluations by name, a port. Out: where it listens, on 127.0.0.1 alone. It gives the page and byte ranges of logs and answers, and nothing else; it never
 * writes. Can go wrong: USAGE where the port is taken or not allowed.
 *
 * | path | what |
 * | --- | --- |
 * | `/`, `/page.js`, `/worker.js`, `/page.css`, `/licences.txt` | the page |
 * | `/runs.json` | the runs, in order: `name`, and `labelBytes` of its file of span classes, or null |
 * | `/runs/NAME/files/PATH` | a file of the log; `Range` is understood; `?from=N` gives what comes after N bytes, perhaps nothing |
 * | `/runs/NAME/steps/N` | the manifest's line of a step, empty where it is not committed |
 * | `/runs/NAME/labels` | that file |
 * | `/runs/NAME/parts/TABLE?steps=1,2,3` | parts of a table, one after the other |
 * | `/evaluations.json` | names of the evaluations, in order |
 * | `/evaluations/NAME/files.json` | the files of one, each with its `path` and `bytes` |
 * | `/evaluations/NAME/files/PATH` | one of them; `Range` is understood |
 */
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { systemCode } from '../../file-system/system-code.ts';
import type { NamedFolders } from '../named-folders.ts';
import { servedPolicy } from '../page-policy.ts';
import { sendAsset } from './send-asset.ts';
import { isRunFile } from './run-folder-files.ts';
import { sendFile } from './send-file.ts';
import { sendOfEvaluation } from './send-of-evaluation.ts';
import { sendParts } from './send-parts.ts';
import { sendStep } from './send-step.ts';
import { refuseRequest } from './refuse-request.ts';

export interface ExploreServerOptions extends NamedFolders {
  /** Name -> file of span classes, for the runs whose corpus has one. */
  readonly labels: ReadonlyMap<string, string>;
  /** 0: any that is free. */
  readonly port: number;
  /** Folder of the built page. */
  readonly assets: string;
}

export interface ExploreServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export async function startExploreServer(options: ExploreServerOptions): Promise<ExploreServer> {
  const server = createServer((request, response) => {
    void answer(request, response, portOf(server), options).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'The file could not be read.');
    });
  });
  await listen(server, options.port);
  const port = portOf(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new PretrainZeroError('USAGE', `the system does not give port ${port}: ${systemCode(error) ?? error.message}`, { key: '--port' }, error)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function answer(request: IncomingMessage, response: ServerResponse, port: number, { runs, evaluations, labels, assets }: ExploreServerOptions): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const refusal = refuseRequest(request, port);
  if (refusal !== null) return refuse(response, refusal.status, refusal.reason);
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
  const path = decoded(url.pathname);
  if (path === '/runs.json') {
    const named = await Promise.all([...runs.keys()].map(async (name) => ({ name, labelBytes: await labelBytes(labels.get(name)) })));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(named));
    return;
  }
  if (path === '/evaluations.json') {
    response.setHeader('content-type', 'application/json').end(JSON.stringify([...evaluations.keys()]));
    return;
  }
  const labelled = labels.get(/^\/runs\/([^/]+)\/labels$/.exec(path)?.[1] ?? '');
  if (labelled !== undefined) {
    response.setHeader('content-type', 'application/octet-stream').end(await readFile(labelled));
    return;
  }
  if (!(await sendPath(request, response, { path, query: url.searchParams, runs, evaluations, assets }))) refuse(response, 404, 'There is no such file.');
}

interface PathRequest extends NamedFolders {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly assets: string;
}

async function sendPath(request: IncomingMessage, response: ServerResponse, { path, query, runs, evaluations, assets }: PathRequest): Promise<boolean> {
  const [, run, kind, ofRun] = /^\/runs\/([^/]+)\/(files|parts|steps)\/(.+)$/.exec(path) ?? [];
  const directory = runs.get(run ?? '');
  if (directory !== undefined && ofRun !== undefined) return sendOfRun(request, response, { directory, kind: kind as Kind, rest: ofRun, query });
  const [, evaluation, ofEvaluation] = /^\/evaluations\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const answers = evaluations.get(evaluation ?? '');
  if (answers !== undefined && ofEvaluation !== undefined) return sendOfEvaluation(request, response, answers, ofEvaluation);
  return sendAsset(response, assets, path);
}

type Kind = 'files' | 'parts' | 'steps';

interface RunRequest {
  readonly directory: string;
  readonly kind: Kind;
  readonly rest: string;
  readonly query: URLSearchParams;
}

function sendOfRun(request: IncomingMessage, response: ServerResponse, { directory, kind, rest, query }: RunRequest): Promise<boolean> {
  switch (kind) {
    case 'files':
      return sendFile(request, response, { directory, path: rest, isOpen: isRunFile, from: query.get('from') });
    case 'parts':
      return sendParts(response, { directory, table: rest, steps: query.get('steps') ?? '' });
    case 'steps':
      return sendStep(response, directory, rest);
  }
}

async function labelBytes(file: string | undefined): Promise<number | null> {
  return file === undefined ? null : (await stat(file)).size;
}

const headers: Readonly<Record<string, string>> = {
  'content-security-policy': servedPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
