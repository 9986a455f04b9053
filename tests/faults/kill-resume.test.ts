import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { uniforms } from '../../operators/flow/seeds.ts';

const program = fileURLToPath(new URL('./kill-resume-run.js', import.meta.url));
const killsPerCase = 10;

interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
  /** From its first line of output to its end, milliseconds. */
  readonly ranMs: number;
}

/** Runs the program; where `killAfterMs` is given, kills it with SIGKILL that long after it began to work. */
function runProgram(directory: string, maxStaleness: number, killAfterMs?: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const mode = existsSync(join(directory, 'manifest.jsonl')) ? 'resume' : 'new';
    const child = spawn(process.execPath, [program, directory, mode, String(maxStaleness)], { stdio: ['ignore', 'pipe', 'pipe'] });
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

/** Every file below a folder, by its path, but for what holds wall-clock figures or belongs to a process. */
function filesOf(directory: string): Map<string, Buffer | string> {
  const files = new Map<string, Buffer | string>();
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder).toSorted()) {
      const path = join(folder, name);
      const key = relative(directory, path);
      if (statSync(path).isDirectory()) walk(path);
      else if (key === 'manifest.jsonl') files.set(key, withoutWallClock(readFileSync(path, 'utf8')));
      else if (!key.endsWith('timings.jsonl')) files.set(key, readFileSync(path));
    }
  };
  walk(directory);
  return files;
}

/** A manifest without its one column of wall-clock time. */
function withoutWallClock(manifest: string): string {
  return manifest.replace(/"wallTimeMs":[^,}]+/g, '"wallTimeMs":0');
}

for (const maxStaleness of [0, 1]) {
  test(`a run with maxStaleness ${maxStaleness}, killed with -9 at ${killsPerCase} random moments and resumed each time, ends byte for byte as one that was not`, async () => {
    const undisturbed = join(mkdtempSync(join(tmpdir(), 'pretrainzero-kill-')), 'run');
    const whole = await runProgram(undisturbed, maxStaleness);
    assert.match(whole.output, /completed/, whole.errors);
    const draw = uniforms(11 + maxStaleness);
    let kills = 0;
    while (kills < killsPerCase) {
      const directory = join(mkdtempSync(join(tmpdir(), 'pretrainzero-kill-')), 'run');
      let ended: Ended;
      do {
        const killAfterMs = kills < killsPerCase ? draw() * whole.ranMs * 0.7 : undefined;
        ended = await runProgram(directory, maxStaleness, killAfterMs);
        if (ended.signal === 'SIGKILL') kills += 1;
        else assert.match(ended.output, /completed/, ended.errors);
      } while (ended.signal === 'SIGKILL');
      assert.equal(ended.output.split('\n')[1], whole.output.split('\n')[1], 'the same final weights');
      const [actual, expected] = [filesOf(directory), filesOf(undisturbed)];
      assert.ok(expected.size > 16 * 6, 'every step left its parts');
      assert.deepEqual([...actual.keys()], [...expected.keys()]);
      for (const [path, bytes] of expected) assert.deepEqual(actual.get(path), bytes, path);
    }
  });
}
