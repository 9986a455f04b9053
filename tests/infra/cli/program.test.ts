import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configJsonSchema } from '../../../infra/config/config-json-schema.ts';
import { runProgram } from '../../../infra/cli/program.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import { packageRoot } from '../../../infra/setup/package-root.ts';
import { testWorld } from './test-world.ts';

async function call(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const world = testWorld();
  const code = await runProgram(args, world);
  return { code, out: world.terminal.out(), errors: world.terminal.errors() };
}

test('--version is that of the package', async () => {
  const { code, out } = await call('--version');
  assert.equal(code, 0);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
});

for (const command of ['run', 'check', 'sample', 'verify', 'replay', 'export', 'schema']) {
  test(`${command} --help has examples, and exits 0`, async () => {
    const { code, out } = await call(command, '--help');
    assert.equal(code, 0);
    assert.match(out, new RegExp(`Examples:\n {2}npx pretrainzero ${command}`));
  });
}

test('every example of the help is a command that there is', async () => {
  for (const command of ['run', 'check', 'sample', 'verify', 'replay', 'export', 'schema']) {
    const { out } = await call(command, '--help');
    for (const [, used] of out.matchAll(/^ {2}npx pretrainzero (\w+)/gm)) assert.equal(used, command);
    const options = new Set([...out.slice(0, out.indexOf('Examples:')).matchAll(/--[a-z]+/g)].map(([option]) => option));
    for (const [option] of out.slice(out.indexOf('Examples:')).matchAll(/--[a-z]+/g)) assert.ok(options.has(option), `${command} ${option}`);
  }
});

const mistakes: readonly (readonly [args: string[], says: RegExp])[] = [
  [['rnu', 'quickstart'], /unknown command 'rnu'\n\(Did you mean run\?\)/],
  [['run'], /missing required argument 'config'/],
  [['run', 'quickstart', '--sett', 'a=b'], /unknown option '--sett'/],
  [['run', 'quickstart', 'another'], /too many arguments/],
  [['sample', 'runs/a', '--step', 'two'], /It must be a whole number/],
  [['sample', 'runs/a', '--role', 'judge'], /It must be mask or predict/],
  [['sample', 'runs/a', '--count', '0'], /It must be 1 or more/],
  [['run', 'quickstart', '--out', ''], /USAGE: --out takes the path of a folder/],
  [['run', 'quickstart', '--set', 'run.steps'], /USAGE: --set takes key=value/],
  [['check', 'quickstrat'], /did you mean "quickstart"/],
  [['sample', '/nowhere/at/all'], /RUN_NOT_FOUND/],
  [['verify', '/nowhere/at/all'], /RUN_NOT_FOUND/],
  [['export', 'sample', packageRoot()], /USAGE: export writes into a new folder/],
  [[], /Usage: pretrainzero/],
];
for (const [args, says] of mistakes) {
  test(`\`${args.join(' ')}\` is a mistake: told in words, exit 2`, async () => {
    const { code, out, errors } = await call(...args);
    assert.equal(code, 2);
    assert.match(errors, says);
    assert.equal(out, '');
    assert.doesNotMatch(errors, /\n\s+at /, 'no stack trace');
  });
}

test('a run that may not be read is told in words, with the file', async () => {
  for (const command of ['sample', 'verify']) {
    const refuse = () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES', syscall: 'open', path: '/runs/a/manifest.jsonl' }));
    const world = { ...testWorld(), fileSystem: { ...nodeFileSystem, size: refuse } };
    assert.equal(await runProgram([command, '/runs/a'], world), 1);
    assert.match(world.terminal.errors(), /^NOT_READABLE: the system refuses it: EACCES \(\/runs\/a\/manifest\.jsonl\)\n-> Check/);
  }
});

test('what cannot be written to standard output is an error in words, not a silent end', { skip: !existsSync('/dev/full') && 'no /dev/full' }, () => {
  const program = join(packageRoot(), 'dist', 'infra', 'cli', 'main.js');
  const { status, stderr } = spawnSync(process.execPath, [program, 'schema'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'], encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^DISK_FULL: the disk is full \(standard output\)/);
});

test('where the reader of the output left before its end, the exit code says so, as after SIGPIPE', async () => {
  const program = join(packageRoot(), 'dist', 'infra', 'cli', 'main.js');
  const child = spawn(process.execPath, [program, 'schema', '--tables'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  assert.deepEqual([code, Buffer.concat(errors).toString()], [141, '']);
});

test('schema prints the JSON Schema of configs', async () => {
  assert.deepEqual(await call('schema'), { code: 0, out: configJsonSchema(), errors: '' });
});
