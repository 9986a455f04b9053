/**
 * Bytes of one file on the Hugging Face hub. In: where it is. Out: a function that reads a range. Server errors, cut connections and expired addresses are
 * tried again; after that NETWORK_FAILED. Where the file is gone: the caller's error.
 */
import { downloadFile } from '@huggingface/hub';
import type { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { withRetries } from './with-retries.ts';
import { hubAccess, type HubOptions } from './hub-options.ts';

export interface HubPlace {
  readonly repo: { readonly type: 'model' | 'dataset' | 'bucket'; readonly name: string };
  readonly revision: string;
  readonly path: string;
  /** For messages. */
  readonly address: string;
}

/** Bytes from `start` to, not including, `end`: exactly as many. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array>;

export function hubRanges({ repo, revision, path, address }: HubPlace, options: HubOptions, gone: () => PretrainZeroError): ReadRange {
  let blob: Blob | null = null; // its address may expire: made anew after a failure
  const readOnce: ReadRange = async (start, end) => {
    try {
      blob ??= await downloadFile({ repo, revision, path, ...hubAccess(options) });
      if (blob === null) throw gone();
      const bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
      if (bytes.length !== end - start) throw new Error(`asked for ${end - start} bytes, got ${bytes.length}`);
      return bytes;
    } catch (error) {
      blob = null;
      throw error;
    }
  };
  return (start, end) => withRetries(`cannot read bytes ${start} to ${end}`, address, options, () => readOnce(start, end));
}
