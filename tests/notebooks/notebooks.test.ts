/** The notebooks as they are committed; and executed again, where PRETRAINZERO_NOTEBOOKS names the Python of `infra/setup/notebooks.sh`. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyRun } from '../../infra/checkpoints/verify-run.ts';
import { verifyLedgers } from '../../infra/cli/verify/verify-ledgers.ts';
import { surfaceKind } from '../../infra/explorer/log/surface-kind.ts';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { packageRoot } from '../../infra/setup/package-root.ts';

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly { readonly output_type: string; readonly name?: string; readonly data?: Readonly<Record<string, unknown>> }[];
  readonly metadata: object;
}

const folder = join(packageRoot(), 'notebooks');
const names = readdirSync(folder).filter((name) => name.endsWith('.ipynb')).sort();
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const cellsOf = (name: string): readonly Cell[] => (JSON.parse(textOf(name)) as { cells: Cell[] }).cells;
const runs = ['pretrain-zero', 'random-span'].map((name) => join(folder, 'runs', name));

const maxNotebookBytes = 250_000;
const maxRunsBytes = 3_000_000;

test('there are six notebooks in Python and one in TypeScript', () => {
  const languages = names.map((name) => (JSON.parse(textOf(name)) as { metadata: { kernelspec: { language: string } } }).metadata.kernelspec.language);
  assert.deepEqual(languages, ['python', 'python', 'python', 'python', 'python', 'python', 'typescript']);
});

for (const name of names) {
  test(`${name} was executed from top to bottom, without an error or a warning, and is small`, () => {
    const cells = cellsOf(name);
    const code = cells.filter((cell) => cell.cell_type === 'code');
    assert.deepEqual(code.map((cell) => cell.execution_count), code.map((_, i) => i + 1));
    for (const output of code.flatMap((cell) => cell.outputs ?? [])) {
      assert.notEqual(output.output_type, 'error');
      assert.notEqual(output.name, 'stderr');
      if (output.data !== undefined) assert.equal(Object.keys(output.data).length, 1, 'one kind of each output');
    }
    assert.ok(cells.every((cell) => Object.keys(cell.metadata).length === 0), 'no timings');
    assert.ok(statSync(join(folder, name)).size < maxNotebookBytes);
  });

  test(`${name} opens on a bundled run, and on any other by one variable; it names no place of a machine`, () => {
    const text = textOf(name);
    assert.match(text, /PRETRAINZERO_RUNS?\b[^]*runs\/pretrain-zero/);
    assert.doesNotMatch(text, /"[^"]*(?<![\w.])\/(?:home|root|tmp|usr|work|Users)\/|[A-Z]:\\\\/);
  });
}

for (const name of names) {
  test(`${name} says nothing that depends on how many steps the bundled runs have`, () => {
    const prose = cellsOf(name).filter((cell) => cell.cell_type === 'markdown').map(({ source }) => [source].flat().join(''));
    for (const text of prose) assert.doesNotMatch(text, /\b\d+(?: \w+)? steps\b/);
  });
}

for (const run of runs) {
  test(`the bundled run ${run.slice(folder.length + 1)} is whole, has no weights, and its ledgers add up`, async () => {
    const { problems, steps } = await verifyRun(nodeFileSystem, run, { checkpoints: false });
    assert.deepEqual(problems, []);
    assert.ok(steps > 0);
    assert.deepEqual((await verifyLedgers(nodeFileSystem, run, steps, new Set())).problems, []);
    assert.deepEqual(readdirSync(run).sort(), ['config.yaml', 'manifest.jsonl', 'metrics', 'samples']);
  });
}

test('the bundled runs are small', () => {
  const bytes = readdirSync(join(folder, 'runs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  assert.ok(bytes < maxRunsBytes, `${bytes} bytes`);
});

const python = process.env['PRETRAINZERO_NOTEBOOKS'];
const skip = python === undefined && 'NOT EXECUTED: set PRETRAINZERO_NOTEBOOKS (infra/setup/notebooks.sh)';

function execute(args: readonly string[], environment: NodeJS.ProcessEnv = {}): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(python!, [join(folder, 'execute.py'), ...args], { env: { ...process.env, ...environment }, encoding: 'utf8' });
  return { status, output: `${stdout}\n${stderr}` };
}

test('executed again, the notebooks give the outputs that are committed, up to the images', { skip }, () => {
  const { status, output } = execute(['--check']);
  assert.equal(status, 0, output);
  for (const name of names) assert.ok(output.includes(`same     ${name}`), output);
});

test('they run on another run too, here on one that has no mask rollouts', { skip }, () => {
  const others = names.filter((name) => !name.startsWith('6-')).map((name) => join(folder, name));
  const { status, output } = execute(['--discard', ...others], { PRETRAINZERO_RUN: 'runs/random-span' });
  assert.equal(status, 0, output);
});

test('what a text looks like is the same in the notebooks and in the explorer', { skip }, () => {
  const texts = ['Rome', 'the Bay of Bengal', 'in 1825', 'x\u00b2', 'the', 'of the', 'capital', 'capital city', ', ', 's', '', 'Örebro', 'New\u00a0York', 'e.g.', 'It', 'The,', '\u01c5', '東京', '\ud83d\ude00'];
  const program = 'import json, sys; from pretrainzero_log import surface_kind; print(json.dumps([surface_kind(text) for text in json.load(sys.stdin)]))';
  const { stdout, stderr } = spawnSync(python!, ['-c', program], { cwd: folder, input: JSON.stringify(texts), encoding: 'utf8' });
  assert.deepEqual(texts.map((text, i) => [text, (JSON.parse(stdout || stderr) as string[])[i]]), texts.map((text) => [text, surfaceKind(text)]));
});

test('a run that is not there is said to be none', { skip }, () => {
  const { status, output } = execute(['--discard', join(folder, '1-first-look.ipynb')], { PRETRAINZERO_RUN: 'runs/none' });
  assert.equal(status, 1);
  assert.match(output, /runs\/none holds no run/);
});
