/** Grids on stubs, for the tests of this folder: an experiment's file, and a `launch` whose runs have the real folder and the stub engine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import type { GridEvent } from '../../../pipelines/experiment/grid-events.ts';
import type { GridDeps } from '../../../pipelines/experiment/run-grid.ts';
import type { HeldOut } from '../../../pipelines/held-out.ts';
import { launch } from '../../../pipelines/launch.ts';
import { loadPromptTemplate } from '../../../pipelines/load-prompt-template.ts';
import type { Experiment } from '../../../schemas/experiment/experiment.ts';
import { statelessAnswer } from '../../stateless-answer.ts';
import { createStubEngine, type StubEngineOptions } from '../../stub-engine.ts';
import { createStubParagraphSource, stubText } from '../../stub-paragraph-source.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';

/** Per class as many items as there are places. */
const places = 12;

const heldOut: HeldOut = {
  cloze: Array.from({ length: places }, (_, i) => 100 + i).flatMap((page) => {
    const text = stubText(page);
    const item = (name: string, found: RegExpExecArray | null) => ({ id: `${name}-${page}`, title: `Page ${page}`, text, start: found!.index, end: found!.index + found![0].length, mask: found![0], class: name });
    return [item('river', /Ost\d+/.exec(text)), item('year', /1\d{3}/.exec(text))];
  }),
  probe: [{ id: 'probe', title: 'Page 200', text: stubText(200), spans: [{ start: 0, end: 8, class: 'river' }] }],
};

const tokenizer = createStubTokenizer();
const template = await loadPromptTemplate('short', tokenizer);

/** @param engine of every run, each with an engine of its own */
export function stubLaunch(engine: StubEngineOptions = {}): typeof launch {
  return (config, options) =>
    launch(config, { ...options, parts: { tokenizer, template, engine: createStubEngine({ respond: statelessAnswer, ...engine }), source: createStubParagraphSource(), heldOut } });
}

export const stubExperiment: Experiment = {
  name: 'stubs',
  question: 'Which stub <is> better?',
  base: 'base',
  set: {
    corpus: { path: 'stub', minTokens: 1, shuffleWindow: 1 },
    rollouts: { paragraphsPerStep: 3, masksPerParagraph: 4, predictionsPerMask: 4, promptTemplate: 'short', maxMaskResponseTokens: 64, maxPredictionResponseTokens: 64 },
    optimiser: { warmupSteps: 0 },
    run: { checkpointEvery: 2 },
    evaluation: { cloze: 'stub', probe: 'stub' },
    log: { tensorboard: false },
  },
  budget: { steps: 4 },
  evaluations: 2,
  measure: ['river', 'year'],
  seeds: [1, 2],
  tuningSeeds: [101, 102],
  reference: 'random',
  variants: {
    learned: { note: 'masks of the stub', learningRates: [0.001, 0.01] },
    random: { set: { pipeline: 'random-span' } },
    plain: { set: { pipeline: 'continue-pretraining' } },
  },
};

/** @returns the file's path */
export function writeExperiment(folder: string, changes: Partial<Experiment> = {}): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'experiment.yaml');
  writeFileSync(file, stringify({ ...stubExperiment, ...changes }));
  return file;
}

export function gridDeps(directory: string, changes: Partial<GridDeps> = {}): GridDeps & { readonly events: GridEvent[] } {
  const events: GridEvent[] = [];
  return { directory, fileSystem: nodeFileSystem, launch: stubLaunch(), jobs: 1, threads: 1, signal: new AbortController().signal, emit: (event) => events.push(event), ...changes, events };
}
