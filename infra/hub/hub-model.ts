/**
 * A model on the Hugging Face hub. In: `hf://owner/name[@revision]`. Out: the commit that the revision stands for, and its files. Server errors
 * and cut connections are tried again; after that NETWORK_FAILED. MODEL_INVALID where the address is none, nothing is there or access is denied.
 */
import { HubApiError, listFiles, modelInfo } from '@huggingface/hub';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { withRetries } from './with-retries.ts';
import { hubAccess, type HubOptions } from './hub-options.ts';

export interface HubModel {
  readonly address: string; // as it was given, for messages
  readonly name: string; // owner/name
  readonly revision: string; // branch, tag or commit
}

export interface HubFile {
  readonly path: string;
  readonly size: number; // bytes
  /** Names the content: its SHA-256 (`sha256`), or SHA-1 as git has it (`git`). Hexadecimal. */
  readonly digest: { readonly kind: 'sha256' | 'git'; readonly value: string };
}

const commitForm = /^[0-9a-f]{40}$/u;
const addressForm = /^hf:\/\/([\w.-]+\/[\w.-]+)(?:@([^/@]+))?$/u;

/** @throws MODEL_INVALID */
export function parseModelAddress(address: string): HubModel {
  const [, name, encoded] = addressForm.exec(address) ?? [];
  const revision = encoded === undefined ? 'main' : decoded(encoded);
  if (name === undefined || !isPath(name) || !isPath(revision)) throw invalid('Not of the form hf://owner/name[@revision]', address);
  return { address, name, revision };
}

/** Name and revision become paths in the cache: they must stay in it. */
function isPath(text: string): boolean {
  return text.split('/').every((part) => /^[\w.-]+$/u.test(part) && !/^\.+$/u.test(part));
}

export function isCommit(revision: string): boolean {
  return commitForm.test(revision);
}

/** @throws MODEL_INVALID, NETWORK_FAILED */
export async function commitOf({ address, name, revision }: HubModel, options: HubOptions): Promise<string> {
  if (isCommit(revision)) return revision;
  const { sha } = await ask(address, options, () => modelInfo({ name, revision, additionalFields: ['sha'], ...hubAccess(options) }));
  if (!isCommit(sha)) throw invalid(`The hub names ${JSON.stringify(sha).slice(0, 100)} as the commit of ${revision}`, address);
  return sha;
}

/** The files at the top of a commit, by path. @throws MODEL_INVALID, NETWORK_FAILED */
export async function listModelFiles({ address, name }: HubModel, commit: string, options: HubOptions): Promise<Map<string, HubFile>> {
  return ask(address, options, async () => {
    const files = new Map<string, HubFile>();
    for await (const { type, path, size, oid, lfs } of listFiles({ repo: { type: 'model', name }, revision: commit, ...hubAccess(options) })) {
      const value = lfs?.oid ?? oid ?? '';
      if (type === 'file' && /^[0-9a-f]{40,64}$/u.test(value)) files.set(path, { path, size, digest: { kind: lfs === undefined ? 'git' : 'sha256', value } });
    }
    return files;
  });
}

function ask<T>(address: string, options: HubOptions, question: () => Promise<T>): Promise<T> {
  return withRetries('the hub does not answer', address, options, async () => {
    try {
      return await question();
    } catch (error) {
      const status = error instanceof HubApiError ? error.statusCode : 0;
      if (status === 404) throw invalid('The hub has no such model or revision', address, error);
      if (status === 401 || status === 403) throw invalid('The hub denies access: the model is private, gated or not there; set HF_TOKEN', address, error);
      throw error;
    }
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ''; // no revision
  }
}

function invalid(what: string, file: string, cause?: unknown): PretrainZeroError {
  return new PretrainZeroError('MODEL_INVALID', what, { file }, cause);
}
