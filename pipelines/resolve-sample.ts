/** What `sample` stands for in a config: the files that come with the package. In: a config value. Out: a path. Nothing can go wrong. */
import { join } from 'node:path';
import { packageRoot } from '../infra/setup/package-root.ts';

const sampleFiles = {
  /** corpus.path */
  corpus: ['sample', 'encyclopedia.xml.bz2'],
  /** evaluation.cloze and corpus.exclude */
  heldOut: ['sample', 'held-out.jsonl'],
  /** evaluation.probe */
  maskProbe: ['sample', 'mask-probe.jsonl'],
  /** model.path */
  model: ['base-model'],
} as const;

export type SampleFile = keyof typeof sampleFiles;

/** The bundled file where `path` is `sample`; else `path` itself. */
export function resolveSample(path: string, file: SampleFile): string {
  return path === 'sample' ? samplePath(file) : path;
}

export function samplePath(file: SampleFile): string {
  return join(packageRoot(), 'pipelines', ...sampleFiles[file]);
}
