/** Puts other rows into a part of a run's log, for tests; with `rechain` the manifest says so too, as a careful forger's would. */
import { join } from 'node:path';
import { manifestLine, chainStart, type ManifestFile } from '../../../infra/checkpoints/manifest-line.ts';
import { readManifest, writeManifest } from '../../../infra/checkpoints/manifest.ts';
import { nodeFileSystem as fileSystem } from '../../../infra/file-system/node-file-system.ts';
import { readRows } from '../../../infra/sample-log/read-records.ts';
import { writeRows } from '../../../infra/sample-log/write-records.ts';
import type { RecordDefinition } from '../../../schemas/record-definition.ts';

export async function forgePart(
  directory: string,
  path: string,
  definition: RecordDefinition,
  change: (rows: readonly object[]) => readonly object[],
  options: { readonly rechain: boolean },
): Promise<void> {
  const file = join(directory, path);
  const rows: object[] = [];
  for await (const row of readRows(fileSystem, file, definition)) rows.push(row);
  const written = await writeRows(fileSystem, file, definition, change(rows), { rowGroupRows: 2048, compressionLevel: 3 });
  if (options.rechain) await rechain(directory, { path, ...written });
}

/** Writes the manifest anew with this file in it, every hash right. */
export async function rechain(directory: string, forged: ManifestFile): Promise<void> {
  const { lines } = await readManifest(fileSystem, directory);
  let previous = chainStart;
  const chained = lines.map((line) => {
    const files = line.files.map((file) => (file.path === forged.path ? forged : file));
    const next = manifestLine({ ...line, files, corpusPosition: line.corpusPosition ?? {} }, previous, line.wallTimeMs);
    previous = next.hash;
    return next;
  });
  await writeManifest(fileSystem, directory, chained);
}
