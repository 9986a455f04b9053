import assert from 'node:assert/strict';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { uniforms } from '../../operators/flow/seeds.ts';
import type { Config } from '../../schemas/config/config.ts';
import { filesOf, runProgram, type Ended } from './killed-run.ts';

const program = fileURLToPath(new URL('./kill-resume-run.js', import.meta.url));
const killsPerCase = 10;

interface KilledRun {
  readonly maxStaleness: number;
  readonly generation: Config['rewards']['generation'];
}
const runs: readonly KilledRun[] = [{ maxStaleness: 0, generation: 'difficulty' }, { maxStaleness: 1, generation: 'progress' }];

function argsFor(directory: string, { maxStaleness, generation }: KilledRun): string[] {
  return [program, directory, existsSync(join(directory, 'manifest.jsonl')) ? 'resume' : 'new', String(maxStaleness), generation];
}

for (const run of runs) {
  const { maxStaleness, generation } = run;
  test(`a run with maxStaleness ${maxStaleness} that pays for ${generation}, killed with -9 at ${killsPerCase} random moments and resumed each time, ends byte for byte as one that was not`, async () => {
    const undisturbed = join(mkdtempSync(join(tmpdir(), 'pretrainzero-kill-')), 'run');
    const whole = await runProgram(argsFor(undisturbed, run));
    assert.match(whole.output, /completed/, whole.errors);
    const draw = uniforms(11 + maxStaleness);
    let kills = 0;
    while (kills < killsPerCase) {
      const directory = join(mkdtempSync(join(tmpdir(), 'pretrainzero-kill-')), 'run');
      let ended: Ended;
      do {
        const killAfterMs = kills < killsPerCase ? draw() * whole.ranMs * 0.7 : undefined;
        ended = await runProgram(argsFor(directory, run), killAfterMs);
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
