/**
 * Which samples of a run are shown. In: its folder and what was asked for. Out: paragraphs with all that was made of them, in order of slot. Can go wrong:
 * RUN_NOT_FOUND, USAGE for a step or slot that is not there, LOG_DAMAGED.
 */
import { seedOf, shuffleInPlace, uniforms } from '../../../operators/flow/seeds.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { FileSystem } from '../../file-system/file-system.ts';
import { openSamples, type ParagraphSample } from '../../sample-log/read-samples.ts';

export interface SampleChoice {
  /** @default the last committed one */
  readonly step?: number;
  readonly slot?: number;
  /** Only paragraphs with a group that took part in the update. */
  readonly kept: boolean;
  /** Paragraphs at most, where no slot is given. */
  readonly count: number;
  /** Decides which of a step's paragraphs. */
  readonly seed: number;
}

export async function chooseSamples(fileSystem: FileSystem, directory: string, { step, slot, kept, count, seed }: SampleChoice): Promise<ParagraphSample[]> {
  const reader = await openSamples(fileSystem, directory);
  const last = reader.steps.at(-1);
  if (last === undefined) throw new PretrainZeroError('USAGE', 'the run has no committed step yet', { file: directory });
  const samples = await reader.samples(step ?? last, slot);
  if (slot !== undefined) return samples;
  const candidates = samples.filter(({ groups }) => !kept || groups.some((group) => group.kept));
  const drawn = shuffleInPlace(candidates, uniforms(seedOf(seed, `sample/${step ?? last}`))).slice(0, count);
  return drawn.sort((a, b) => a.paragraph.slot - b.paragraph.slot);
}
