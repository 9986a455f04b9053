import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { generate } from '../../../pipelines/sample/generate.ts';
import type { HeldOut, Probe } from '../../../pipelines/sample/held-out.ts';
import type { Label } from '../../../pipelines/sample/labels.ts';

const folder = new URL('../../../../pipelines/sample/', import.meta.url); // from dist/tests/pipelines/sample
const unbzip2 = createRequire(import.meta.url)('unbzip2-stream') as () => NodeJS.ReadWriteStream;

let generated: ReturnType<typeof generate> | undefined;

/** The files as the generator writes them, made once. */
export function generatedFiles(): ReturnType<typeof generate> {
  return (generated ??= generate());
}

export function committedFile(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}

/** @param prefix as below */
export function committedLabels(prefix = ''): Label[] {
  return records<Label>(gunzipSync(committedFile(`${prefix}labels.jsonl.gz`)));
}

/** @param prefix `` for the whole encyclopedia, `atlas-` for the atlas */
export function committedHeldOut(prefix = ''): HeldOut[] {
  return records<HeldOut>(committedFile(`${prefix}held-out.jsonl`));
}

export function committedProbes(prefix = ''): Probe[] {
  return records<Probe>(committedFile(`${prefix}mask-probe.jsonl`));
}

/** Titles of a dump's pages, in its order. */
export async function committedTitles(name: string): Promise<string[]> {
  const xml = (await decompress(committedFile(name))).toString('utf8');
  return [...xml.matchAll(/<title>(.*?)<\/title>/g)].map((match) => match[1]!.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&apos;', "'"));
}

/** In: one or more bzip2 streams. Out: their content, by a decoder that is not ours. */
export function decompress(bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const output = Readable.from([Buffer.from(bytes)]).pipe(unbzip2());
    output.on('data', (chunk: Uint8Array) => chunks.push(Buffer.from(chunk)));
    output.on('error', reject);
    output.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

function records<T>(bytes: Buffer): T[] {
  return bytes
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
