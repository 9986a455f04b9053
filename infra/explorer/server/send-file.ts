/** A file of a run or an evaluation, or a range of it. In: the request, the folder, the path asked for, and which paths are open. Out: whether there is one; it is streamed. Fails with the system's errors. */
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { byteRange } from './byte-range.ts';
import { openFile } from './open-file.ts';

export interface FileRequest {
  readonly directory: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly isOpen: (path: string) => boolean;
  /** Bytes to pass over, as the address gives them; null where it gives none. */
  readonly from: string | null;
}

export async function sendFile(request: IncomingMessage, response: ServerResponse, { directory, path, isOpen, from }: FileRequest): Promise<boolean> {
  const file = await openFile(directory, path, isOpen);
  if (file === null && from !== null && isOpen(path)) {
    response.setHeader('x-file-bytes', 0).end(); // a file that grows may not have begun
    return true;
  }
  if (file === null) return false;
  const handle = await open(file, 'r');
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return false;
    const { size } = stat;
    response.setHeader('content-type', 'application/octet-stream').setHeader('accept-ranges', 'bytes').setHeader('x-file-bytes', size);
    const range = from === null ? byteRange(request.headers.range, size) : tail(from, size);
    if (range === 'unsatisfiable') {
      response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
      return true;
    }
    const [first, last] = range === 'whole' ? [0, size - 1] : [range.first, range.last];
    response.setHeader('content-length', last - first + 1);
    if (range !== 'whole' && from === null) response.writeHead(206, { 'content-range': `bytes ${first}-${last}/${size}` });
    if (request.method === 'HEAD' || last < first) response.end();
    else await pipeline(handle.createReadStream({ start: first, end: last, autoClose: false }), response);
    return true;
  } finally {
    await handle.close();
  }
}

function tail(from: string, size: number): { readonly first: number; readonly last: number } {
  return { first: /^\d{1,15}$/.test(from) ? Math.min(size, Number(from)) : 0, last: size - 1 };
}
