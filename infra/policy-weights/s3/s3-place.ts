/**
 * Where in object storage something lies. In: `s3://BUCKET/PREFIX`, and the environment. Out: bucket, prefix, the address of the bucket, and who asks. Secrets are read from the environment alone, and are
 * nowhere else. Can go wrong: CONFIG_INVALID for an address that is none; SECRET_MISSING.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

export interface S3Place {
  readonly bucket: string;
  /** Before every key: empty, or ending with a slash. */
  readonly prefix: string;
  /** The bucket's own URL, without a slash at its end. */
  readonly url: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Keys of letters that no part of the way to the storage encodes in more than one way. */
const address = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9._=-]+)*)\/?$/;

export const isS3Address = (text: string): boolean => address.test(text);

export function s3Place(text: string, environment: Environment): S3Place {
  const [, bucket, path = ''] = address.exec(text) ?? [];
  if (bucket === undefined) throw new PretrainZeroError('CONFIG_INVALID', `${text} is no s3://BUCKET/PREFIX of letters, digits and . _ = -`);
  const region = given(environment, 'AWS_REGION') ?? given(environment, 'AWS_DEFAULT_REGION') ?? 'us-east-1';
  const sessionToken = given(environment, 'AWS_SESSION_TOKEN');
  return {
    bucket,
    prefix: path === '' ? '' : `${path.slice(1)}/`,
    url: bucketUrl(bucket, region, given(environment, 'AWS_ENDPOINT_URL_S3') ?? given(environment, 'AWS_ENDPOINT_URL')),
    region,
    credentials: {
      accessKeyId: secret(environment, 'AWS_ACCESS_KEY_ID', text),
      secretAccessKey: secret(environment, 'AWS_SECRET_ACCESS_KEY', text),
      ...(sessionToken !== undefined && { sessionToken }),
    },
  };
}

/** A name with a dot has no certificate of its own. */
function bucketUrl(bucket: string, region: string, endpoint: string | undefined): string {
  if (endpoint === undefined) return bucket.includes('.') ? `https://s3.${region}.amazonaws.com/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) throw new PretrainZeroError('CONFIG_INVALID', 'AWS_ENDPOINT_URL takes a URL, for example https://minio.example.org:9000');
  return `${endpoint.replace(/\/+$/, '')}/${bucket}`;
}

function given(environment: Environment, name: string): string | undefined {
  return environment[name] === '' ? undefined : environment[name];
}

function secret(environment: Environment, name: string, text: string): string {
  const value = given(environment, name);
  if (value === undefined) throw new PretrainZeroError('SECRET_MISSING', `the environment variable ${name} is not set, which ${text} asks for`);
  return value;
}
