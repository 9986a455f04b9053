/**
 * Corpus files on the Hugging Face hub. In: `hf://datasets/owner/name[@revision][/path-or-glob]`. Out: the files, sorted by path, read by ranges. Server errors, cut connections
 * and expired addresses are tried again; after that NETWORK_FAILED. Fails with CORPUS_NOT_FOUND where nothing matches or access is denied, with the nearest names.
 */
import { HubApiError, listFiles } from '@huggingface/hub';
import type { FoundFile } from '../../operators/corpus/input-file.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { hubAccess, type HubOptions } from '../hub/hub-options.ts';
import { hubRanges } from '../hub/hub-ranges.ts';
import { formatOfName } from './corpus-format.ts';
import { isGlob, parseGlob } from './glob.ts';
import { nearestNames } from './nearest-names.ts';
import { rangedReads } from './ranged-reads.ts';
import { withRetries } from '../hub/with-retries.ts';

interface HubAddress {
  readonly repo: { readonly type: 'dataset' | 'bucket'; readonly name: string };
  readonly revision: string;
  readonly path: string; // may be empty, a file, a folder or a glob
}

export async function findHubFiles(address: string, options: HubOptions = {}): Promise<FoundFile[]> {
  const place = parseAddress(address);
  const glob = isGlob(place.path) ? parseGlob(place.path) : null;
  const all = await listAll(address, place, options);
  const wanted = (path: string): boolean => {
    if (glob !== null) return glob.matches(path);
    if (path === place.path) return true;
    const folder = place.path === '' ? '' : `${place.path.replace(/\/$/, '')}/`;
    return path.startsWith(folder) && formatOfName(path) !== null;
  };
  const found = all.filter((file) => wanted(file.path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (found.length === 0) {
    const nearest = nearestNames(place.path, all.map((file) => file.path));
    const hint = nearest.length === 0 ? '' : `; nearest: ${nearest.join(', ')}`;
    throw new PretrainZeroError('CORPUS_NOT_FOUND', `nothing in the data set matches ${place.path}${hint}`, { file: address });
  }
  return found.map((file) => hubFile(place, file, options));
}

function parseAddress(address: string): HubAddress {
  const match = /^hf:\/\/(datasets|buckets)\/([\w.-]+\/[\w.-]+)(?:@([^/]+))?(?:\/(.*))?$/.exec(address);
  if (match === null) {
    throw new PretrainZeroError('CORPUS_NOT_FOUND', 'not of the form hf://datasets/owner/name[@revision][/path-or-glob]', { file: address });
  }
  const [, kind, name, revision, path] = match;
  return {
    repo: { type: kind === 'buckets' ? 'bucket' : 'dataset', name: name! },
    revision: revision === undefined ? 'main' : decodeURIComponent(revision),
    path: path ?? '',
  };
}

async function listAll(address: string, { repo, revision }: HubAddress, options: HubOptions): Promise<{ path: string; size: number }[]> {
  return withRetries(`cannot list ${address}`, address, options, async () => {
    const files: { path: string; size: number }[] = [];
    try {
      for await (const entry of listFiles({ repo, revision, recursive: true, ...hubAccess(options) })) {
        if (entry.type === 'file') files.push({ path: entry.path, size: entry.size });
      }
    } catch (error) {
      const status = error instanceof HubApiError ? error.statusCode : 0;
      if (status === 404) throw new PretrainZeroError('CORPUS_NOT_FOUND', `the hub has no data set ${repo.name} at ${revision}`, { file: address }, error);
      if (status === 401 || status === 403) {
        throw new PretrainZeroError('CORPUS_NOT_FOUND', `the hub denies access to ${repo.name}: it is private, gated or not there; set HF_TOKEN`, { file: address }, error);
      }
      throw error;
    }
    return files;
  });
}

function hubFile({ repo, revision }: HubAddress, { path, size }: { path: string; size: number }, options: HubOptions): FoundFile {
  const address = `hf://${repo.type}s/${repo.name}${revision === 'main' ? '' : `@${encodeURIComponent(revision)}`}/${path}`;
  return {
    address,
    byteLength: size,
    open() {
      const gone = (): PretrainZeroError => new PretrainZeroError('CORPUS_NOT_FOUND', 'the file is no longer in the data set', { file: address });
      const fetchRange = hubRanges({ repo, revision, path, address }, options, gone);
      return Promise.resolve({ address, byteLength: size, ...rangedReads(size, fetchRange) });
    },
  };
}
