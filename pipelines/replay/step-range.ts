/** Which steps of a log. In: how many there are, and `A..B`, `A..`, `..B`, or `A`. Out: first and last. Can go wrong: USAGE for another text, or steps that are not there. */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export interface StepRange {
  readonly from: number;
  readonly to: number;
}

export function stepRange(steps: number, text: string | undefined, directory: string): StepRange {
  if (steps === 0) throw new PretrainZeroError('RUN_NOT_FOUND', 'the run has no committed step yet', { file: directory });
  if (text === undefined) return { from: 1, to: steps };
  const [, first, dots, last] = /^(\d*)(\.\.)?(\d*)$/.exec(text) ?? [];
  if (first === undefined || (first === '' && last === '') || (dots === undefined && first === '')) {
    throw new PretrainZeroError('USAGE', `--steps takes A..B, A.., ..B or one step, not "${text}"`);
  }
  const from = first === '' ? 1 : Number(first);
  const to = dots === undefined ? from : last === '' ? steps : Number(last);
  if (from < 1 || to > steps || from > to) throw new PretrainZeroError('USAGE', `the run has steps 1 to ${steps}, not ${from} to ${to}`, { file: directory });
  return { from, to };
}
