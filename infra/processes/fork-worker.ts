/**
 * A worker as a child of this process. In: the program and its arguments. Out: the child, in a process group of its own, so that Ctrl-C of a terminal reaches its parent alone, and
 * with a channel whose end tells it that the parent is gone. It tells an error that it ends with as a line of JSON, `{ "type": "failed", "code", "message" }`.
 */
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ForkedWorker {
  readonly pid: number;
  readonly exited: Promise<ForkedExit>;
  stop(): void;
  kill(): void;
}

export interface ForkedExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly failure: { readonly code: string | null; readonly message: string } | null;
}

/** Of what it writes beside its events: enough for a stack. */
const keptErrorChars = 4000;

export function forkWorker(program: string, args: readonly string[]): ForkedWorker {
  const child = fork(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let failure: ForkedExit['failure'] = null;
  let errors = '';
  createInterface({ input: child.stdout! }).on('line', (line) => (failure = failureOf(line) ?? failure));
  child.stderr!.on('data', (data: Buffer) => (errors = (errors + data.toString()).slice(-keptErrorChars)));
  const exited = new Promise<ForkedExit>((resolve) => {
    child.on('error', (error) => resolve({ code: null, signal: null, failure: { code: null, message: error.message } }));
    child.on('close', (code, signal) => {
      const told = failure ?? (code === 0 || errors.trim() === '' ? null : { code: null, message: errors.trim() });
      resolve({ code, signal, failure: told });
    });
  });
  return { pid: child.pid ?? -1, exited, stop: () => void child.kill('SIGTERM'), kill: () => void child.kill('SIGKILL') };
}

function failureOf(line: string): ForkedExit['failure'] {
  if (!line.startsWith('{"type":"failed"')) return null;
  try {
    const { code, message } = JSON.parse(line) as { code: string | null; message: string };
    return { code, message };
  } catch {
    return null;
  }
}
