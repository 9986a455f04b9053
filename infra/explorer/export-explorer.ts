/**
 * The explorer as one folder that opens without a server. In: runs and evaluations by name, a new folder. Out: how many files and bytes were written: the page, and logs and answers, each file a script (`export-format.ts`).
 * What was committed when it began is written. Weights and optimiser states are left out. Can go wrong: USAGE where the folder has something in it, LOG_DAMAGED where a part is
 * missing, DISK_FULL, NOT_WRITABLE.
 */
import { dirname, join } from 'node:path';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { readManifest } from '../checkpoints/manifest.ts';
import { printLine, type ManifestLine } from '../checkpoints/manifest-line.ts';
import { layout } from '../checkpoints/run-layout.ts';
import { onFile } from '../file-system/file-error.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import { readFile, readText } from '../file-system/read-file.ts';
import { exportEvaluation } from './export-evaluation.ts';
import { globals, packedTable, packOf, packParts, type ExportBoot } from './export-format.ts';
import { labelsPath } from './log/part-bytes.ts';
import type { NamedFolders } from './named-folders.ts';
import { exportedPolicy } from './page-policy.ts';

export interface ExportOptions extends NamedFolders {
  readonly fileSystem: FileSystem;
  /** Name -> file of span classes, for the runs whose corpus has one. */
  readonly labels: ReadonlyMap<string, string>;
  /** Folder of the built page. */
  readonly assets: string;
  readonly target: string;
}

export interface Exported {
  readonly files: number;
  readonly bytes: number;
}

export async function exportExplorer({ fileSystem, runs, evaluations, labels, assets, target }: ExportOptions): Promise<Exported> {
  if ((await fileSystem.list(target)).length > 0) throw new PretrainZeroError('USAGE', 'the explorer is exported into a new folder, and this one has something in it', { file: target });
  let [files, bytes] = [0, 0];
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    const file = join(target, path);
    await onFile(file, async () => {
      await fileSystem.makeDirectory(dirname(file));
      const handle = await fileSystem.create(file);
      const encoded = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      await handle.write(encoded).finally(() => handle.close());
      files += 1;
      bytes += encoded.length;
    });
  };
  const packInto =
    (folder: string): WritePack =>
    (path, content) =>
      write(`data/${folder}/${path}.js`, `${globals.pack}(${JSON.stringify(`${folder}/${path}`)},"${Buffer.from(content).toString('base64')}");\n`);
  const labelsOf = async (file: string | undefined): Promise<Uint8Array | null> => (file === undefined ? null : readFile(fileSystem, file));
  const asset = (name: string): Promise<Uint8Array> => readFile(fileSystem, join(assets, name));
  for (const name of ['page.js', 'page.css', 'icon.svg', 'licences.txt']) await write(name, await asset(name));
  const classes = await Promise.all([...runs.keys()].map((name) => labelsOf(labels.get(name))));
  const named = [...runs.keys()].map((name, i) => ({ name, folder: String(i), labels: classes[i] == null ? null : { path: labelsPath, bytes: classes[i].length } }));
  for (const [i, directory] of [...runs.values()].entries()) {
    const pack = packInto(String(i));
    await exportRun(fileSystem, directory, pack);
    if (classes[i] != null) await pack(labelsPath, classes[i]);
  }
  const answered: ExportBoot['evaluations'][number][] = [];
  for (const [i, [name, directory]] of [...evaluations].entries()) {
    const folder = `evaluation-${i}`;
    answered.push({ name, folder, files: await exportEvaluation(fileSystem, directory, packInto(folder)) });
  }
  const boot: ExportBoot = { runs: named, evaluations: answered, worker: new TextDecoder().decode(await asset('worker.js')) };
  await write('boot.js', `globalThis.${globals.boot}=${JSON.stringify(boot)};\n`);
  await write('index.html', exportedPage(new TextDecoder().decode(await asset('index.html')))); // last: a folder with it is whole
  return { files, bytes };
}

type WritePack = (path: string, content: Uint8Array) => Promise<void>;

async function exportRun(fileSystem: FileSystem, directory: string, pack: WritePack): Promise<void> {
  const { lines } = await readManifest(fileSystem, directory);
  await pack(layout.manifest, new TextEncoder().encode(lines.map(printLine).join('')));
  for (const path of [layout.timings, layout.config]) await pack(path, new TextEncoder().encode((await readText(fileSystem, join(directory, path))) ?? ''));
  const read = (path: string): Promise<Uint8Array> => readPartFile(fileSystem, directory, path);
  const packs = new Map<string, { readonly step: number; readonly path: string }[]>();
  for (const { step, files } of lines) {
    for (const { path } of files) {
      if (!path.startsWith(`${packedTable}/`)) await pack(packOf(path), await read(path));
      else packs.set(packOf(path), [...(packs.get(packOf(path)) ?? []), { step, path }]);
    }
  }
  for (const [name, parts] of packs) await pack(name, packParts(await Promise.all(parts.map(async ({ step, path }) => ({ step, bytes: await read(path) })))));
  const tokenizer = await newestTokenizer(fileSystem, directory, lines);
  if (tokenizer !== null) await pack(tokenizer, await read(tokenizer));
}

async function readPartFile(fileSystem: FileSystem, directory: string, path: string): Promise<Uint8Array> {
  const file = join(directory, path);
  if ((await fileSystem.size(file)) === null) throw new PretrainZeroError('LOG_DAMAGED', 'the file is missing', { file });
  return readFile(fileSystem, file);
}

/** The one that the page asks for, where its checkpoint is still there. */
async function newestTokenizer(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[]): Promise<string | null> {
  const checkpoint = lines.findLast((line) => line.checkpoint?.files.some(({ path }) => path === 'tokenizer.json') === true)?.checkpoint;
  const path = checkpoint == null ? null : `${checkpoint.folder}/tokenizer.json`;
  return path !== null && (await fileSystem.size(join(directory, path))) !== null ? path : null;
}

function exportedPage(page: string): string {
  const policy = `<meta http-equiv="content-security-policy" content="${exportedPolicy}" />`;
  return page.replace('<meta charset="utf-8" />', `<meta charset="utf-8" />\n    ${policy}`).replace('<script src="page.js">', '<script src="boot.js"></script>\n    <script src="page.js">');
}
