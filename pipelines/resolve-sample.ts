/**
 * What `sample` and `atlas` stand for in a config: the files that come with the package. `atlas` tells of some of the
 * encyclopedia's countries and capitals, over and over. In: a config value. Out: a path. Nothing can go wrong.
 */
import { join } from 'node:path';
import { packageRoot } from '../infra/setup/package-root.ts';

const bundled = {
  sample: {
    /** corpus.path */
    corpus: ['sample', 'encyclopedia.xml.bz2'],
    /** evaluation.cloze, and with the next one corpus.exclude */
    heldOut: ['sample', 'held-out.jsonl'],
    /** evaluation.probe */
    maskProbe: ['sample', 'mask-probe.jsonl'],
    /** Classes of the corpus's spans. */
    labels: ['sample', 'labels.jsonl.gz'],
    /** model.path */
    model: ['base-model'],
  },
  atlas: {
    corpus: ['sample', 'atlas.xml.bz2'],
    heldOut: ['sample', 'atlas-held-out.jsonl'],
    maskProbe: ['sample', 'atlas-mask-probe.jsonl'],
    labels: ['sample', 'atlas-labels.jsonl.gz'],
    model: ['base-model'],
  },
} as const;

export type SampleName = keyof typeof bundled;
export type SampleFile = keyof typeof bundled.sample;

/** The bundled file where `path` is `sample` or `atlas`; else `path` itself. */
export function resolveSample(path: string, file: SampleFile): string {
  return isSampleName(path) ? samplePath(file, path) : path;
}

/** What must never be trained on: the bundled held-out spans and probes, or the file itself. */
export function resolveExcluded(path: string): string[] {
  return isSampleName(path) ? [samplePath('heldOut', path), samplePath('maskProbe', path)] : [path];
}

export function samplePath(file: SampleFile, name: SampleName = 'sample'): string {
  return join(packageRoot(), 'pipelines', ...bundled[name][file]);
}

/** The classes of a corpus's spans, which bundled corpora have; null for any other. */
export function sampleLabels(corpus: string): string | null {
  return isSampleName(corpus) ? samplePath('labels', corpus) : null;
}

export function isSampleName(path: string): path is SampleName {
  return path in bundled;
}
