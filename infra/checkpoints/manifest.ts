/**
 * The manifest of a run: which steps are committed, with which files. In: the run's folder. Out: its lines in order, up to the first that
 * is not whole. Fails with the system's errors alone: a damaged manifest is an answer.
 */
import { join } from 'node:path';
import type { FileSystem } from '../file-system/file-system.ts';
import { readText } from '../file-system/read-file.ts';
import { appendFile, replaceFile } from '../file-system/write-file.ts';
import { chainStart, parseLine, printLine, type ManifestLine } from './manifest-line.ts';
import { layout } from './run-layout.ts';

export interface Manifest {
  readonly lines: readonly ManifestLine[];
  /** Whether more than the lines is in the file: a crash leaves the beginning of one, or one that did not all reach the disk. */
  readonly torn: boolean;
  /** Number of the first line, from 1, that is altered or out of place, where it has an end; null where there is none. */
  readonly altered: number | null;
  /** Whether whole lines follow the altered one: no crash leaves that. */
  readonly damaged: boolean;
}

export async function readManifest(fileSystem: FileSystem, directory: string): Promise<Manifest> {
  const texts = ((await readText(fileSystem, join(directory, layout.manifest))) ?? '').split('\n');
  const rest = texts.pop() ?? '';
  const lines: ManifestLine[] = [];
  for (const [index, text] of texts.entries()) {
    const last = lines.at(-1);
    const line = parseLine(text, last?.hash ?? chainStart);
    if (line?.step !== (last?.step ?? 0) + 1) {
      return { lines, torn: true, altered: index + 1, damaged: index + 1 < texts.length };
    }
    lines.push(line);
  }
  return { lines, torn: rest !== '', altered: null, damaged: false };
}

/** Durable when it resolves. */
export function appendLine(fileSystem: FileSystem, directory: string, line: ManifestLine): Promise<void> {
  return appendFile(fileSystem, join(directory, layout.manifest), printLine(line), { sync: true });
}

/** Puts these lines in place of all, atomically. */
export function writeManifest(fileSystem: FileSystem, directory: string, lines: readonly ManifestLine[]): Promise<void> {
  return replaceFile(fileSystem, join(directory, layout.manifest), lines.map(printLine).join(''));
}
