/** In: the flags of the command line. Out: what is to be measured; all of it without flags. Wrong: CONFIG_INVALID, naming the flag and what it knows. */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { EngineBenchOptions } from './bench-engine.ts';

/** On WebGPU, which has a peer of its own, only where it is asked for. */
const unlessAsked: readonly string[] = ['webgpu'];

const choices = { only: ['step', 'sampling', 'training', 'arithmetic'], models: ['5m', '135m'], backends: ['native', 'wasm', 'webgpu'] } as const;

type Flag = keyof typeof choices;

/** @throws CONFIG_INVALID */
export function engineBenchOptions(flags: Readonly<Partial<Record<Flag, string>>>): EngineBenchOptions {
  return { only: chosen('only', flags), models: chosen('models', flags), backends: chosen('backends', flags) };
}

function chosen<F extends Flag>(flag: F, flags: Readonly<Partial<Record<Flag, string>>>): (typeof choices)[F][number][] {
  const known: readonly string[] = choices[flag];
  const names = flags[flag]?.split(',') ?? known.filter((name) => !unlessAsked.includes(name));
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined) throw new PretrainZeroError('CONFIG_INVALID', `--${flag} has ${JSON.stringify(wrong)}; known are ${known.join(', ')}`, { key: flag });
  return names as (typeof choices)[F][number][];
}
