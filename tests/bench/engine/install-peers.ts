/**
 * The peers, in a folder of their own: a Python environment and node-llama-cpp, versions pinned. In: nothing. Out: which of them are there, or why not. The
 * first call downloads about 4 GB. Wrong: nothing here; what cannot be had is told and its rows say so.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../infra/setup/package-root.ts';

/** null, or why the peer cannot be run. */
export interface Peers {
  readonly python: string | null;
  readonly llamaCpp: string | null;
}

const llamaCppVersion = '3.21.1';

export function peersFolder(): string {
  return join(packageRoot(), '.cache', 'bench-peers');
}

/** A person's own, with the packages of requirements.txt that are wanted, as for a GPU. */
const ownPython = process.env.PRETRAINZERO_PEERS_PYTHON;

export function pythonOfPeers(): string {
  return ownPython ?? join(peersFolder(), 'bin', 'python');
}

/** The scripts, beside the sources: they are not built. */
export function peerScript(name: string): string {
  return join(packageRoot(), 'tests', 'bench', 'engine', 'peers', name);
}

export function installPeers(): Peers {
  if (ownPython !== undefined) return { python: null, llamaCpp: 'PRETRAINZERO_PEERS_PYTHON is set, so nothing is installed' };
  const folder = peersFolder();
  mkdirSync(folder, { recursive: true });
  return { python: installPython(folder), llamaCpp: installLlamaCpp(folder) };
}

function installPython(folder: string): string | null {
  const wanted = peerScript('requirements.txt');
  const installed = join(folder, 'requirements.txt');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(wanted, 'utf8')) return null;
  const failure = run('python3', ['-m', 'venv', folder]) ?? run(pythonOfPeers(), ['-m', 'pip', 'install', '--quiet', '-r', wanted]);
  if (failure === null) copyFileSync(wanted, installed); // last, so that an installation that was cut off is begun anew
  return failure;
}

/** Without the builds for other platforms and for GPUs. */
function installLlamaCpp(folder: string): string | null {
  const binary = `@node-llama-cpp/${process.platform}-${process.arch}`;
  if (existsSync(join(folder, 'node_modules', binary)) && existsSync(join(folder, 'node_modules', 'node-llama-cpp'))) return null;
  const flags = ['--prefix', folder, '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  return run('npm', ['install', ...flags, `node-llama-cpp@${llamaCppVersion}`, `${binary}@${llamaCppVersion}`]);
}

/** @returns null where it succeeded, otherwise what it said last */
function run(program: string, args: readonly string[]): string | null {
  process.stderr.write(`${[program, ...args].join(' ')}\n`);
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 2 ** 28 });
  return status === 0 ? null : (error?.message ?? stderr.trim().split('\n').at(-1) ?? `${program} failed`);
}
