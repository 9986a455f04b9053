/**
 * A server on this machine that answers about models as the hub does: commits of revisions, a listing in two pages, `resolve` that redirects
 * to a store, ranges there. Faults can be put in.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalHub {
  readonly url: string;
  /** What was asked for, in order: path, and range where there was one. */
  readonly requests: string[];
  /** Values of the header `authorization`, of requests to the hub itself. */
  readonly authorizations: (string | undefined)[];
  /** Sees each request first; true where it has answered. */
  fault: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): void;
}

export interface HubRepository {
  readonly name: string; // owner/name
  readonly commit: string;
  /** Branches and tags that stand for the commit. */
  readonly revisions: readonly string[];
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Of what the hub keeps as a large file, and of what is in git itself. */
export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
export const gitDigest = (content: Buffer): string => createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
export const isLarge = (name: string): boolean => name.endsWith('.safetensors');

export async function openLocalHub(repository: HubRepository): Promise<LocalHub> {
  const requests: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.url} ${request.headers.range ?? ''}`.trim());
    if (!request.url!.startsWith('/store/')) authorizations.push(request.headers.authorization);
    if (!hub.fault(request, response)) answer(request, response, repository, hub.url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hub: LocalHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    authorizations,
    fault: () => false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return hub;
}

function answer(request: IncomingMessage, response: ServerResponse, { name, commit, revisions, files }: HubRepository, url: string): void {
  const { pathname, searchParams } = new URL(request.url!, url);
  const path = decodeURIComponent(pathname);
  const revision = revisions.find((each) => path === `/api/models/${name}/revision/${each}`);
  if (revision !== undefined) return json(response, { _id: '1', id: name, sha: commit, lastModified: '2026-01-01T00:00:00.000Z' });
  if (path === `/api/models/${name}/tree/${commit}`) {
    const entries = [{ type: 'directory', path: 'onnx', size: 0, oid: 'f'.repeat(40) }, ...[...files].map(listed)];
    if (searchParams.has('cursor')) return json(response, entries.slice(3));
    return json(response, entries.slice(0, 3), { link: `<${url}${request.url}&cursor=2>; rel="next"` });
  }
  const resolved = `/${name}/resolve/${commit}/`;
  if (path.startsWith(resolved)) return void response.writeHead(302, { location: `${url}/store/${path.slice(resolved.length)}` }).end();
  const content = path.startsWith('/store/') ? files.get(path.slice('/store/'.length)) : undefined;
  if (content === undefined) return void response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Repository not found"}');
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (range === null) return void response.writeHead(200, { etag: '"1"', 'content-length': content.length }).end(content);
  const [start, end] = [Number(range[1]), Math.min(Number(range[2]) + 1, content.length)];
  response.writeHead(206, { etag: '"1"', 'content-range': `bytes ${start}-${end - 1}/${content.length}`, 'content-length': end - start });
  response.end(content.subarray(start, end));
}

function listed([path, content]: readonly [string, Buffer]): object {
  if (!isLarge(path)) return { type: 'file', path, size: content.length, oid: gitDigest(content) };
  const lfs = { oid: sha256(content), size: content.length, pointerSize: 130 };
  return { type: 'file', path, size: content.length, oid: gitDigest(Buffer.from(lfs.oid)), lfs };
}

function json(response: ServerResponse, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}
