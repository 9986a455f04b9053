/** Who is measured, and with which program. In: the backends of ours, and which peers are there. Out: contenders. Nothing can go wrong. */
import { fileURLToPath } from 'node:url';
import type { ContenderCommand } from './contender.ts';
import { peerScript, pythonOfPeers, type Peers } from './install-peers.ts';
import type { Job, JobWork } from './job.ts';

export type WorkKind = JobWork['kind'];
export type OurBackend = 'native' | 'wasm' | 'webgpu';
export type GgufKind = 'F32' | 'Q4_1';

export interface ContenderKind {
  readonly name: string;
  readonly isOurs: boolean;
  readonly backend: Job['backend'];
  readonly device: Job['device'];
  /** Kind of the weights where they are read from a GGUF file. */
  readonly gguf: GgufKind | null;
  /** Why it cannot be run; null where it can. */
  readonly missing: string | null;
  /** What it takes part in. */
  readonly commands: Readonly<Partial<Record<WorkKind, ContenderCommand>>>;
}

/** Whose figures all others must agree with. */
export const referenceName = 'transformers';
export const handWrittenName = 'PyTorch, by hand';
export const trlName = 'TRL';

const backendNames = { native: 'node', wasm: 'wasm', webgpu: 'webgpu' } as const;

export function contenders(backends: readonly OurBackend[], peers: Peers): ContenderKind[] {
  const python = { isOurs: false, backend: null, device: 'cpu', gguf: null, missing: peers.python } as const;
  const handWritten = { check: script('torch_check.py'), sampling: script('torch_sampling.py'), training: script('torch_training.py'), sgemm: script('torch_sgemm.py') };
  const llamaCpp = { isOurs: false, backend: null, device: 'cpu', missing: peers.llamaCpp ?? peers.python } as const; // Python writes its file
  return [
    ...backends.map((backend): ContenderKind => ({
      name: `ours, ${backend}`,
      isOurs: true,
      backend: backendNames[backend],
      device: 'cpu',
      gguf: null,
      missing: null,
      commands: built('ours', ['check', 'step', 'sampling', 'training', 'sgemm']),
    })),
    { ...python, name: trlName, commands: { step: script('trl_step.py') } },
    { ...python, name: handWrittenName, commands: handWritten },
    ...(backends.includes('webgpu') ? [{ ...python, name: `${handWrittenName}, CUDA`, device: 'cuda', commands: handWritten } as const] : []),
    { ...python, name: referenceName, commands: { check: script('transformers_check.py'), sampling: script('transformers_sampling.py') } },
    { ...llamaCpp, name: 'llama.cpp, float32', gguf: 'F32', commands: built('llama-cpp', ['check', 'sampling']) },
    // Other weights, so there is nothing to compare; what most people run.
    { ...llamaCpp, name: 'llama.cpp, Q4_1', gguf: 'Q4_1', commands: built('llama-cpp', ['sampling']) },
  ];
}

function built(folder: string, kinds: readonly WorkKind[]): ContenderKind['commands'] {
  return Object.fromEntries(kinds.map((kind) => [kind, { program: process.execPath, args: [fileURLToPath(new URL(`./${folder}/${kind}.js`, import.meta.url))] }]));
}

function script(name: string): ContenderCommand {
  return { program: pythonOfPeers(), args: [peerScript(name)] };
}
