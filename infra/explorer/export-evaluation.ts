/**
 * One evaluation into an exported folder. In: its folder, and what writes a pack. Out: its files as they are there, for the page. Can go wrong: what reading throws.
 */
import { join } from 'node:path';
import type { FileSystem } from '../file-system/file-system.ts';
import { readFile } from '../file-system/read-file.ts';
import { evaluationFiles } from './evaluation-files.ts';
import type { Part } from './log/part-bytes.ts';

export async function exportEvaluation(fileSystem: FileSystem, directory: string, pack: (path: string, content: Uint8Array) => Promise<void>): Promise<Part[]> {
  const files: Part[] = [];
  for (const { path } of await evaluationFiles(fileSystem, directory)) {
    const content = await readFile(fileSystem, join(directory, path));
    await pack(path, content);
    files.push({ path, bytes: content.length });
  }
  return files;
}
