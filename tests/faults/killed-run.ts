/**
 * Runs a program that makes a run's folder, kills it with SIGKILL at chosen moments and resumes it, and reads what it left. For tests that compare a
 * disturbed run with an undisturbed one. Wrong: rejects where the program cannot be started.
 */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { decodeEvents, withoutClock } from '../infra/telemetry/tensorboard/decode-events.ts';

export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
  /** From its first line of output to its end, milliseconds. */
  readonly ranMs: number;
}

/** Runs the program; where `killAfterMs` is given, kills it that long after its first output. */
export function runProgram(args: readonly string[], killAfterMs?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let startedAt = 0;
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (startedAt !== 0) return;
      startedAt = performance.now();
      if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => resolve({ signal, output, errors, ranMs: performance.now() - startedAt }));
  });
}

/** Every file below a folder, by its path, but for what holds wall-clock figures or belongs to a process: one that is killed while it takes the lock leaves the beginning of that. */
export function filesOf(directory: string): Map<string, Buffer | string> {
  const files = new Map<string, Buffer | string>();
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).toSorted()) {
      const path = join(folder, name);
      const key = relative(directory, path);
      if (statSync(path).isDirectory()) walk(path);
      else if (key === 'manifest.jsonl') files.set(key, withoutWallClock(readFileSync(path, 'utf8')));
      else if (key.includes('tfevents')) files.set(key, JSON.stringify(withoutClock(decodeEvents(readFileSync(path)))));
      else if (!key.endsWith('timings.jsonl') && !/^run\.lock\.\d+$/.test(key)) files.set(key, readFileSync(path));
    }
  };
  walk(directory);
  return files;
}

/** A manifest without its one column of wall-clock time. */
function withoutWallClock(manifest: string): string {
  return manifest.replace(/"wallTimeMs":[^,}]+/g, '"wallTimeMs":0');
}
