/** What the setup of a backend asks of the machine. In: paths and commands. Out: answers. Wrong: a failed command is told by its status. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

export interface SetupWorld {
  /** `linux-x64` and so on. */
  readonly platform: string;
  /** `20.11.0` */
  readonly nodeVersion: string;
  readonly nodePath: string;
  /** Whether the command is there and succeeds; what it prints is not shown. */
  succeeds(command: Command): boolean;
  /** Runs a command whose output a person sees. @returns whether it succeeded */
  run(command: Command): boolean;
  /** Bytes of a file; null where there is none. */
  size(path: string): number | null;
  text(path: string): string | null;
  sha256(path: string): Promise<string>;
  makeFolder(path: string): void;
  remove(path: string): void;
  /** Replaces what is at `to`, whose folder is made. */
  move(from: string, to: string): void;
  seconds(): number;
  say(line: string): void;
}

/** @param root where the commands are run */
export function systemWorld(root: string): SetupWorld {
  const spawn = ({ program, args }: Command, stdio: 'ignore' | 'inherit'): boolean => spawnSync(program, args, { cwd: root, stdio }).status === 0;
  return {
    platform: `${process.platform}-${process.arch}`,
    nodeVersion: process.versions.node,
    nodePath: process.execPath,
    succeeds: (command) => spawn(command, 'ignore'),
    run: (command) => spawn(command, 'inherit'),
    size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? null,
    text: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
    sha256: async (path) => {
      const hash = createHash('sha256');
      await pipeline(createReadStream(path), hash);
      return hash.digest('hex');
    },
    makeFolder: (path) => void mkdirSync(path, { recursive: true }),
    remove: (path) => rmSync(path, { recursive: true, force: true }),
    move: (from, to) => {
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
    },
    seconds: () => performance.now() / 1000,
    say: (line) => void process.stdout.write(`${line}\n`),
  };
}

/** @throws BACKEND_UNAVAILABLE */
export function mustRun(command: Command, world: SetupWorld): void {
  if (!world.run(command)) throw new PretrainZeroError('BACKEND_UNAVAILABLE', `${command.program} ${command.args[0]!} failed; its message is above`);
}

/** A command that computes on the backend, once it is in place. @param root of the checkout */
export function checkCommand(root: string, backend: 'node' | 'webgpu', { nodePath }: SetupWorld): Command {
  return { program: nodePath, args: [join(root, 'dist', 'infra', 'setup', 'check-backend.js'), backend] };
}
