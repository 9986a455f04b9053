/**
 * Corpus files on disk. In: a path, a folder or a glob. Out: the files, sorted by name. Fails with CORPUS_NOT_FOUND, with the nearest names.
 */
import path from 'node:path';
import type { FoundFile } from '../../operators/corpus/input-file.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { formatOfName } from './corpus-format.ts';
import type { FileSystem } from './file-system.ts';
import { isGlob, parseGlob } from './glob.ts';
import { nearestNames } from './nearest-names.ts';

const maxDepth = 16; // of folders searched
const maxFiles = 100_000;

/** @param address what to call the file where it is not its path (the bundled sample). */
export async function findLocalFiles(pattern: string, fileSystem: FileSystem, address?: string): Promise<FoundFile[]> {
  const slashed = path.sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const there = await fileSystem.look(slashed);
  if (there?.kind === 'file') return [localFile(slashed, there.byteLength, fileSystem, address)];
  const paths: string[] = [];
  if (there?.kind === 'folder') {
    await walk(slashed.replace(/\/*$/, '/'), fileSystem, paths, maxDepth, (file) => formatOfName(file) !== null);
    if (paths.length === 0) throw new PretrainZeroError('CORPUS_NOT_FOUND', 'no dump, Parquet, JSONL or text file in the folder', { file: pattern });
  } else if (isGlob(slashed)) {
    const glob = parseGlob(slashed);
    const depth = slashed.includes('**') ? maxDepth : slashed.slice(glob.base.length).split('/').length - 1;
    await walk(glob.base, fileSystem, paths, depth, (file) => glob.matches(file));
  }
  if (paths.length === 0) throw await notFound(slashed, fileSystem);
  const found: FoundFile[] = [];
  for (const file of paths.sort()) {
    const entry = await fileSystem.look(file);
    // What cannot be looked at (a link to nowhere) becomes a dead letter when it is opened.
    if (entry?.kind !== 'folder') found.push(localFile(file, entry?.byteLength ?? 0, fileSystem));
  }
  return found;
}

/** @param folder empty, or ending in `/`. @param depth of the folders within it that are searched. */
async function walk(folder: string, fileSystem: FileSystem, paths: string[], depth: number, wanted: (path: string) => boolean): Promise<void> {
  if (depth < 0 || paths.length >= maxFiles) return;
  for (const entry of await fileSystem.list(folder === '' ? '.' : folder)) {
    const file = folder + entry.name;
    if (entry.kind === 'folder') await walk(`${file}/`, fileSystem, paths, depth - 1, wanted);
    else if (wanted(file)) paths.push(file);
  }
}

function localFile(file: string, byteLength: number, fileSystem: FileSystem, address = file): FoundFile {
  return {
    address,
    byteLength,
    async open() {
      const opened = await fileSystem.open(file);
      return { address, byteLength, read: (start, end) => opened.read(start, end), close: () => opened.close() };
    },
  };
}

/** The nearest names in the innermost folder of the pattern that there is. */
async function notFound(pattern: string, fileSystem: FileSystem): Promise<PretrainZeroError> {
  let wanted = pattern.replace(/\/+$/, '');
  let nearest: string[] = [];
  while (wanted !== '' && nearest.length === 0) {
    const cut = wanted.lastIndexOf('/') + 1;
    const folder = wanted.slice(0, cut);
    const names = (await fileSystem.list(folder === '' ? '.' : folder)).map((entry) => entry.name);
    nearest = nearestNames(wanted.slice(cut), names).map((name) => folder + name);
    wanted = folder.replace(/\/+$/, '');
  }
  const hint = nearest.length === 0 ? '' : `; nearest: ${nearest.join(', ')}`;
  return new PretrainZeroError('CORPUS_NOT_FOUND', `nothing matches ${pattern}${hint}`);
}
