/**
 * Objects of one bucket. In: where it is, and the network. Out: a few operations, each signed (AWS signature, version 4), each tried again where network or storage fail for the moment. What is sent is
 * compared with its SHA-256 by the storage. Can go wrong: WEIGHTS_UNAVAILABLE with the storage's own code where it refuses; NETWORK_FAILED after the last attempt. No message holds a secret.
 */
import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { withRetries } from '../../hub/with-retries.ts';
import type { S3Place } from './s3-place.ts';
import { elementsOf, textOf } from './xml-text.ts';

export interface S3Object {
  readonly key: string;
  readonly bytes: number;
}

export interface S3Client {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Bytes from `start` up to `end`, all of them. */
  get(key: string, start: number, end: number): Promise<Uint8Array>;
  /** All objects whose keys begin so, in order of key. */
  list(prefix: string): Promise<readonly S3Object[]>;
  /** Nothing happens where there is none. */
  remove(key: string): Promise<void>;
  /** An object in parts, there once it is complete. */
  beginUpload(key: string): Promise<S3Upload>;
}

export interface S3Upload {
  /** The next part: 5 MiB or more, but for the last. */
  part(bytes: Uint8Array): Promise<void>;
  complete(): Promise<void>;
  abort(): Promise<void>;
}

export interface S3World {
  readonly fetch: typeof fetch;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

interface Asked {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

interface Answered {
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/** Answers that another attempt may better. */
const passing = new Set([408, 429, 500, 502, 503, 504]);

export function createS3Client({ bucket, url, region, credentials }: S3Place, { fetch, sleep }: S3World): S3Client {
  const client = new AwsClient({ ...credentials, region, service: 's3', retries: 0 });

  /** @param check throws where the answer is not whole. */
  const ask = ({ method, key, query = {}, headers = {}, body }: Asked, check: (answer: Answered) => void = () => undefined): Promise<Answered> => {
    const name = `s3://${bucket}/${key ?? ''}`;
    const address = new URL(key === undefined ? `${url}/` : `${url}/${key}`);
    for (const [parameter, value] of Object.entries(query)) address.searchParams.set(parameter, value);
    const sha256 = createHash('sha256').update(body ?? '').digest('hex');
    return withRetries(`${method} failed`, name, sleep === undefined ? {} : { sleep }, async () => {
      const signed = await client.sign(address, { method, headers: { ...headers, 'x-amz-content-sha256': sha256 }, ...(body !== undefined && { body: body as Uint8Array<ArrayBuffer> }) });
      const response = await fetch(signed);
      const answer = { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
      if (!response.ok) refuse(response.status, answer.bytes, method, name);
      check(answer);
      return answer;
    });
  };

  return {
    async put(key, bytes) {
      await ask({ method: 'PUT', key, body: bytes });
    },
    async get(key, start, end) {
      const whole = ({ bytes }: Answered): void => {
        if (bytes.length !== end - start) throw new Error(`${bytes.length} bytes came of ${end - start}`);
      };
      const { bytes } = await ask({ method: 'GET', key, headers: { range: `bytes=${start}-${end - 1}` } }, whole);
      return bytes;
    },
    async list(prefix) {
      const objects: S3Object[] = [];
      let more: string | null = null;
      do {
        const { bytes } = await ask({ method: 'GET', query: { 'list-type': '2', prefix, ...(more !== null && { 'continuation-token': more }) } });
        const xml = decode(bytes);
        for (const object of elementsOf(xml, 'Contents')) objects.push({ key: textOf(object, 'Key') ?? '', bytes: Number(textOf(object, 'Size')) });
        more = textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextContinuationToken') : null;
      } while (more !== null);
      return objects;
    },
    async remove(key) {
      await ask({ method: 'DELETE', key });
    },
    async beginUpload(key) {
      const { bytes } = await ask({ method: 'POST', key, query: { uploads: '' } });
      const uploadId = textOf(decode(bytes), 'UploadId') ?? '';
      const tags: string[] = [];
      return {
        async part(part) {
          const { headers } = await ask({ method: 'PUT', key, query: { partNumber: String(tags.length + 1), uploadId }, body: part });
          tags.push(headers.get('etag') ?? '');
        },
        async complete() {
          const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('');
          const body = new TextEncoder().encode(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`);
          // it may answer 200 and tell of a failure all the same
          await ask({ method: 'POST', key, query: { uploadId }, body }, (answer) => {
            if (elementsOf(decode(answer.bytes), 'Error').length > 0) throw new Error(`the storage answers ${textOf(decode(answer.bytes), 'Code')}`);
          });
        },
        async abort() {
          await ask({ method: 'DELETE', key, query: { uploadId } });
        },
      };
    },
  };
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Of what the storage says, its code alone: its words may repeat what it was asked with. */
function refuse(status: number, bytes: Uint8Array, method: string, name: string): never {
  const code = textOf(decode(bytes), 'Code') ?? 'no reason';
  if (passing.has(status)) throw new Error(`the storage answers ${status} (${code})`);
  const hint = status === 403 ? '; check the AWS_* variables, and the rights that they give' : '';
  throw new PretrainZeroError('WEIGHTS_UNAVAILABLE', `the storage refuses ${method} with ${status} (${code})${hint}`, { file: name });
}
