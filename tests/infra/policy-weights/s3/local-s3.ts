/**
 * Object storage on this machine as S3 answers: objects by path, ranges, listings of two keys a page, uploads in parts. Every request's signature (version 4) is worked out here anew, from the documentation
 * and not from the client, and a body is compared with the checksum that was signed. Faults can be put in.
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalS3 {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** Uploads begun and neither complete nor aborted. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  /** What was asked for, in order: method, path and query. */
  readonly requests: string[];
  /** Sees each request first; true where it has answered. */
  fault: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): void;
}

export const s3Environment = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', AWS_REGION: 'eu-north-1' };

const pageKeys = 2;
const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export async function openLocalS3(bucket: string): Promise<LocalS3> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      s3.requests.push(`${request.method} ${request.url}`);
      if (!s3.fault(request, response)) answer(s3, bucket, request, response, Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const s3: LocalS3 = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: new Map(),
    uploads: new Map(),
    requests: [],
    fault: () => false,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return s3;
}

/** What a request of this content must carry; null where it is as it should be. */
function wrongSignature({ method, url, headers }: IncomingMessage, body: Buffer): string | null {
  const [, credential = '', signedHeaders = '', signature = ''] = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(headers.authorization ?? '') ?? [];
  const [accessKeyId, date = '', region = '', service = '', terminator] = credential.split('/');
  if (accessKeyId !== s3Environment.AWS_ACCESS_KEY_ID) return 'InvalidAccessKeyId';
  if (region !== s3Environment.AWS_REGION || service !== 's3' || terminator !== 'aws4_request') return 'AuthorizationHeaderMalformed';
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signedHeaders.split(';').includes(name))) return 'AccessDenied';
  if (headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const [path = '', query = ''] = url!.split('?');
  const parameters = query === '' ? '' : query.split('&').map((each) => (each.includes('=') ? each : `${each}=`)).sort().join('&');
  const canonicalHeaders = signedHeaders.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`).join('');
  const canonical = [method, path, parameters, canonicalHeaders, signedHeaders, headers['x-amz-content-sha256']].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${date}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  const key = [date, region, service, terminator].reduce<string | Buffer>(hmac, `AWS4${s3Environment.AWS_SECRET_ACCESS_KEY}`);
  return hmac(key, toSign).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

function answer({ objects, uploads }: LocalS3, bucket: string, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const { pathname, searchParams: query } = new URL(request.url!, 'http://127.0.0.1');
  const [, ofBucket, ...names] = decodeURIComponent(pathname).split('/');
  const key = names.join('/');
  const fail = (status: number, code: string): void => xml(response, status, `<Error><Code>${code}</Code><Message>${request.headers.authorization}</Message></Error>`);
  const wrong = wrongSignature(request, body);
  if (wrong !== null) return fail(403, wrong);
  if (ofBucket !== bucket) return fail(404, 'NoSuchBucket');
  const uploadId = query.get('uploadId');
  const upload = uploadId === null ? undefined : uploads.get(uploadId);
  if (uploadId !== null && upload === undefined) return fail(404, 'NoSuchUpload');
  switch (request.method) {
    case 'PUT': {
      if (upload === undefined) objects.set(key, body);
      else upload.set(Number(query.get('partNumber')), body);
      response.writeHead(200, { etag: `"${sha256(body)}"` }).end();
      return;
    }
    case 'POST': {
      if (upload === undefined) {
        const id = `upload/${uploads.size}+1`;
        uploads.set(id, new Map());
        return xml(response, 200, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
      }
      const told = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"(\w+)"<\/ETag>/g)];
      const parts = told.map(([, number, tag]) => ({ part: upload.get(Number(number)) ?? Buffer.of(), tag }));
      if (parts.some(({ part, tag }) => sha256(part) !== tag)) return fail(400, 'InvalidPart');
      objects.set(key, Buffer.concat(parts.map(({ part }) => part)));
      uploads.delete(uploadId!);
      return xml(response, 200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
    }
    case 'DELETE': {
      if (uploadId !== null) uploads.delete(uploadId);
      else objects.delete(key);
      response.writeHead(204).end();
      return;
    }
    default: {
      if (key === '') return xml(response, 200, listing(objects, query));
      const object = objects.get(key);
      if (object === undefined) return fail(404, 'NoSuchKey');
      const [, first = '0', last = ''] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      response.writeHead(206).end(object.subarray(Number(first), last === '' ? undefined : Number(last) + 1));
    }
  }
}

function listing(objects: LocalS3['objects'], query: URLSearchParams): string {
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > (query.get('continuation-token') ?? '')).sort();
  const page = keys.slice(0, pageKeys);
  const more = keys.length > page.length;
  const contents = page.map((key) => `<Contents><Key>${key.replaceAll('&', '&amp;')}</Key><Size>${objects.get(key)!.length}</Size></Contents>`).join('');
  return `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${more}</IsTruncated>${contents}${more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''}</ListBucketResult>`;
}

function xml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(text);
}
