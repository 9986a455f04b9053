/**
 * The files of an evaluation that the page reads. In: the evaluation's folder. Out: those that are there, with their sizes: what was asked of what, what came of it, and the parts of the answers in order. A part is written
 * whole and never changed, so what is listed may be read while more come. Fails with the system's errors.
 */
import { join } from 'node:path';
import { answerPart, batchOf, evaluationLayout } from '../evaluations/evaluation-layout.ts';
import type { FileSystem } from '../file-system/file-system.ts';
import type { Part } from './log/part-bytes.ts';

export async function evaluationFiles(fileSystem: FileSystem, directory: string): Promise<Part[]> {
  const entries = await fileSystem.list(join(directory, evaluationLayout.answers));
  const batches = entries.flatMap(({ name }) => batchOf(name) ?? []).sort((a, b) => a - b);
  const paths = [evaluationLayout.identity, evaluationLayout.summary, ...batches.map(answerPart)];
  const files = await Promise.all(paths.map(async (path) => ({ path, bytes: await fileSystem.size(join(directory, path)) })));
  return files.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]));
}

/** @param path relative to the evaluation, with `/` */
export function isEvaluationFile(path: string): boolean {
  const prefix = `${evaluationLayout.answers}/`;
  return path === evaluationLayout.identity || path === evaluationLayout.summary || (path.startsWith(prefix) && batchOf(path.slice(prefix.length)) !== null);
}
