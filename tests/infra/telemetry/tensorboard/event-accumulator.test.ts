/** What TensorBoard finds in the file of a run that was killed and resumed. Needs Python with it: see infra/setup/notebooks.sh. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { layout } from '../../../../infra/checkpoints/run-layout.ts';
import { packageRoot } from '../../../../infra/setup/package-root.ts';
import { launch } from '../../../../pipelines/launch.ts';
import { loadPromptTemplate } from '../../../../pipelines/load-prompt-template.ts';
import type { RunEvent } from '../../../../pipelines/run-events.ts';
import { newDirectory } from '../../../pipelines/stub-run.ts';
import { stubConfig } from '../../../stub-config.ts';
import { createStubEngine } from '../../../stub-engine.ts';
import { createStubParagraphSource } from '../../../stub-paragraph-source.ts';
import { createStubTokenizer } from '../../../stub-tokenizer.ts';
import { decodeEvents } from './decode-events.ts';

const python = process.env['PRETRAINZERO_NOTEBOOKS'] ?? 'python3';
const found = spawnSync(python, ['-c', 'import tensorboard']).status === 0;
const skip = !found && 'NOT COMPARED: no Python with tensorboard; set PRETRAINZERO_NOTEBOOKS (infra/setup/notebooks.sh)';

interface Found {
  readonly scalars: Readonly<Record<string, readonly (readonly [step: number, wallTime: number, value: number])[]>>;
}

/** Six steps with a checkpoint each second; `failAt` ends the run before that step is updated. */
async function run(directory: string, resume: boolean, failAt = Infinity): Promise<RunEvent[]> {
  const tokenizer = createStubTokenizer();
  const engine = createStubEngine({
    before: (call) => {
      if (call === 'step' && engine.version() + 1 >= failAt) throw new Error('killed');
      return undefined;
    },
  });
  const parts = { tokenizer, engine, template: await loadPromptTemplate('short', tokenizer), source: createStubParagraphSource(), heldOut: { cloze: [], probe: [] } };
  const started = launch(stubConfig({ run: { steps: 6, checkpointEvery: 2 } }), { directory, resume, parts });
  const events: RunEvent[] = [];
  started.events.subscribe((event) => events.push(event));
  await started.done.catch((error: unknown) => assert.match(String(error), /killed/));
  return events;
}

test('TensorBoard finds each step of a run once, with the values of its reports, also where the run failed and went on', { skip }, async () => {
  const directory = join(newDirectory(), 'run');
  await run(directory, false, 6); // step 5 is committed, and done again: the last checkpoint is of step 4
  const reports = new Map<number, number | null>();
  const first = await run(directory, true);
  for (const event of first) if (event.type === 'step-done') reports.set(event.step, event.report.predictionRewardMean);
  const file = join(directory, layout.events);
  const script = join(packageRoot(), 'tests', 'infra', 'telemetry', 'tensorboard', 'read-events.py');
  const seen = JSON.parse(execFileSync(python, [script, dirname(file)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as Found;
  assert.deepEqual(seen.scalars['learning_rate']?.map(([step]) => step), [1, 2, 3, 4, 5, 6]);
  for (const [step, , value] of seen.scalars['accuracy'] ?? []) if (reports.has(step)) assert.equal(value, Math.fround(reports.get(step)!));
  assert.deepEqual([...reports.keys()], [5, 6]);
  const own = decodeEvents(readFileSync(file));
  assert.deepEqual(Object.keys(seen.scalars).sort(), [...new Set(own.map(({ tag }) => tag))].sort());
  for (const [tag, points] of Object.entries(seen.scalars)) {
    assert.deepEqual(points.map(([step, wallTime, value]) => ({ step, wallTime, value })), own.filter((each) => each.tag === tag).map(({ step, wallTime, value }) => ({ step, wallTime, value })), tag);
  }
});
