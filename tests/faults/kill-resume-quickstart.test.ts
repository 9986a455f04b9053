import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../infra/setup/package-root.ts';
import { uniforms } from '../../operators/flow/seeds.ts';
import { filesOf, runProgram, type Ended } from './killed-run.ts';

/** PRETRAINZERO_KILLS=20 is what a release is checked with; CI keeps to a few. */
const kills = Number(process.env.PRETRAINZERO_KILLS ?? 4);
const settings = ['run.steps=4', 'optimiser.warmupSteps=1', 'run.checkpointEvery=2', 'rollouts.paragraphsPerStep=4', 'rollouts.masksPerParagraph=4', 'rollouts.predictionsPerMask=4', 'evaluation.maxItems=10', 'evaluation.probeSamples=1', 'evaluation.every=0'];
const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-kill-quickstart-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function argsFor(directory: string): string[] {
  const resume = existsSync(join(directory, 'manifest.jsonl')) ? ['--resume'] : [];
  return [join(packageRoot(), 'dist/infra/cli/main.js'), 'run', 'quickstart', '--json', '--out', directory, ...resume, ...settings.flatMap((setting) => ['--set', setting])];
}

test(`a quickstart with its real model, killed with -9 at ${kills} random moments and resumed each time, ends byte for byte as one that was not`, async (t) => {
  const undisturbed = join(folder, 'undisturbed');
  const whole = await runProgram(argsFor(undisturbed));
  assert.equal(whole.signal, null);
  const expected = filesOf(undisturbed);
  assert.ok([...expected.keys()].some((path) => path.endsWith('step-000004/model.safetensors')), whole.errors);
  const draw = uniforms(5);
  for (let killed = 0, run = 0; killed < kills; run++) {
    const directory = join(folder, `run-${run}`);
    let ended: Ended;
    do {
      ended = await runProgram(argsFor(directory), killed < kills ? draw() * whole.ranMs : undefined);
      if (ended.signal === 'SIGKILL') killed += 1;
    } while (ended.signal === 'SIGKILL');
    const actual = filesOf(directory);
    assert.deepEqual([...actual.keys()], [...expected.keys()], ended.errors);
    for (const [path, bytes] of expected) assert.deepEqual(actual.get(path), bytes, path);
    rmSync(directory, { recursive: true });
  }
  t.diagnostic(`${kills} kills within ${(whole.ranMs / 1000).toFixed(1)} s of running`);
});
