import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { packageRoot } from '../../../infra/setup/package-root.ts';

const roots: string[] = [];
after(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

/** A checkout with a compiler, a bundler and an npm that only write down that they were called. */
class Checkout {
  readonly root = mkdtempSync(join(tmpdir(), 'pretrainzero-test-'));

  constructor() {
    roots.push(this.root);
    this.write('package-lock.json', '{}');
    this.write('tsconfig.json', '{}');
    this.write('schemas/a.ts', '');
    this.write('node_modules/typescript/bin/tsc', this.#recorder('tsc', "fs.mkdirSync('dist/schemas', { recursive: true }); fs.writeFileSync('dist/schemas/a.js', '');"));
    this.write('infra/explorer/page/main.tsx', '');
    this.write('infra/explorer/build-page.mjs', `import fs from 'node:fs'; fs.appendFileSync('calls', 'build-page\\n'); fs.mkdirSync('dist/explorer-page', { recursive: true }); fs.writeFileSync('dist/explorer-page/page.js', '');`);
    this.write('bin/npm', `#!/usr/bin/env node\n${this.#recorder('npm')}`);
    chmodSync(join(this.root, 'bin/npm'), 0o755);
    for (const script of ['bootstrap.mjs', 'test.mjs']) {
      mkdirSync(join(this.root, 'infra/setup'), { recursive: true });
      copyFileSync(join(packageRoot(), 'infra/setup', script), join(this.root, 'infra/setup', script));
    }
    mkdirSync(join(this.root, 'tests'), { recursive: true });
  }

  #recorder(name: string, more = ''): string {
    return `const fs = require('fs'); fs.appendFileSync('calls', ${JSON.stringify(name)} + ' ' + process.argv.slice(2).join(' ') + '\\n'); ${more}`;
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  has(file: string): boolean {
    return existsSync(join(this.root, file));
  }

  /** Changed a minute from now. */
  touch(file: string): void {
    const later = Date.now() / 1000 + 60;
    utimesSync(join(this.root, file), later, later);
  }

  /** Runs a script; what was called by it, without arguments. */
  run(script: string, ...args: string[]): { status: number | null; output: string; calls: string[] } {
    rmSync(join(this.root, 'calls'), { force: true });
    // With NODE_TEST_CONTEXT, the inner test runner would report to this one.
    const outside = Object.entries(process.env).filter(([name]) => name !== 'NODE_TEST_CONTEXT');
    const env = { ...Object.fromEntries(outside), PATH: `${join(this.root, 'bin')}${delimiter}${process.env.PATH ?? ''}` };
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.root, 'infra/setup', script), ...args], { encoding: 'utf8', env, cwd: tmpdir() });
    const calls = this.has('calls') ? readFileSync(join(this.root, 'calls'), 'utf8').trimEnd().split('\n') : [];
    return { status, output: stdout + stderr, calls };
  }
}

test('a fresh checkout is installed, without install scripts, and built', () => {
  const checkout = new Checkout();
  const { status, calls, output } = checkout.run('bootstrap.mjs');
  assert.equal(status, 0);
  assert.match(calls[0]!, /^npm ci --ignore-scripts /);
  assert.match(calls[1]!, /^tsc -p .*tsconfig\.json$/);
  assert.equal(calls[2], 'build-page');
  assert.match(output, /^Installing .*\nInstalled in .*\nBuilding \.\.\.\nBuilt in /);
});

test('the second time nothing is done, and nothing said', () => {
  const checkout = new Checkout();
  checkout.run('bootstrap.mjs');
  const { status, calls, output } = checkout.run('bootstrap.mjs');
  assert.deepEqual([status, calls, output], [0, [], '']);
});

test('an install by hand that is newer than the lock file is taken as it is', () => {
  const checkout = new Checkout();
  checkout.write('node_modules/.package-lock.json', '{}');
  checkout.touch('node_modules/.package-lock.json');
  assert.deepEqual(checkout.run('bootstrap.mjs').calls.map((call) => call.split(' ')[0]), ['tsc', 'build-page']);
});

test('a lock file with other packages is installed anew', () => {
  const checkout = new Checkout();
  checkout.run('bootstrap.mjs');
  checkout.write('package-lock.json', '{"packages": {}}');
  assert.match(checkout.run('bootstrap.mjs').calls[0] ?? '', /^npm ci/);
});

test('a changed source is built again', () => {
  const checkout = new Checkout();
  checkout.run('bootstrap.mjs');
  checkout.touch('schemas/a.ts');
  assert.deepEqual(checkout.run('bootstrap.mjs').calls.map((call) => call.split(' ')[0]), ['tsc', 'build-page']);
});

test('a build that lost a file is built again, all of it', () => {
  const checkout = new Checkout();
  checkout.run('bootstrap.mjs');
  checkout.write('dist/.tsbuildinfo', '');
  rmSync(join(checkout.root, 'dist/schemas/a.js'));
  assert.equal(checkout.run('bootstrap.mjs').calls.length, 2);
  assert.ok(checkout.has('dist/schemas/a.js') && !checkout.has('dist/.tsbuildinfo'));
});

test('what was built from a source that is gone goes with the next build', () => {
  const checkout = new Checkout();
  checkout.run('bootstrap.mjs');
  checkout.write('dist/schemas/gone.js', '');
  checkout.write('dist/schemas/gone.d.ts', '');
  checkout.touch('schemas/a.ts');
  checkout.run('bootstrap.mjs');
  assert.deepEqual([checkout.has('dist/schemas/gone.js'), checkout.has('dist/schemas/gone.d.ts'), checkout.has('dist/schemas/a.js')], [false, false, true]);
});

test('a source whose name begins as the folder of the page does is a source like any other', () => {
  const checkout = new Checkout();
  checkout.write('infra/explorer/page-assets.ts', '');
  checkout.write('dist/infra/explorer/page-assets.js', '');
  checkout.run('bootstrap.mjs');
  assert.ok(checkout.has('dist/infra/explorer/page-assets.js'));
});

test('a build with errors stops with exit code 1, and the next start builds again', () => {
  const checkout = new Checkout();
  checkout.write('node_modules/typescript/bin/tsc', 'process.exit(2)');
  checkout.run('bootstrap.mjs');
  const { status, output } = checkout.run('bootstrap.mjs');
  assert.equal(status, 1);
  assert.match(output, /the build failed/);
});

test('an installed package, which has no sources, needs neither npm nor compiler', () => {
  const checkout = new Checkout();
  for (const file of ['package-lock.json', 'tsconfig.json', 'node_modules']) rmSync(join(checkout.root, file), { recursive: true });
  assert.deepEqual(checkout.run('bootstrap.mjs'), { status: 0, output: '', calls: [] });
});

test('a Node that is too old is told in one line', () => {
  const checkout = new Checkout();
  const script = join(checkout.root, 'infra/setup/bootstrap.mjs');
  const old = "Object.defineProperty(process.versions, 'node', { value: '18.19.0' });";
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `${old} await import(${JSON.stringify(script)});`], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^pretrainzero: pretrainzero needs Node 20\.10 or newer; this is Node 18\.19\.0\..*\n$/);
});

/** Two test files, one of which fails, and one that is left of a source that is gone. */
function checkoutWithTests(): Checkout {
  const checkout = new Checkout();
  const body = (assertion: string): string => `require('node:test').test('t', () => { if (!(${assertion})) throw new Error('no'); });`;
  checkout.write('node_modules/eslint/bin/eslint.js', '');
  for (const [name, assertion] of [['good/one', 'true'], ['bad/two', 'false'], ['bad/gone', 'false']] as const) {
    if (name !== 'bad/gone') checkout.write(`tests/${name}.test.ts`, '');
    checkout.write(`dist/tests/${name}.test.js`, body(assertion));
  }
  return checkout;
}

test('npm test runs type check, linter and all tests that have a source, and fails when one fails', () => {
  const checkout = checkoutWithTests();
  const { status, output, calls } = checkout.run('test.mjs');
  assert.equal(status, 1);
  assert.deepEqual(calls, ['tsc -p tsconfig.json', 'tsc -p infra/explorer/page/tsconfig.json']);
  assert.match(output, /\npassed {2}type check .*\npassed {2}lint .*\nFAILED {2}2 test files /);
  assert.match(output, /tests 2\n/);
});

test('npm test with a folder or a file runs that alone', () => {
  const checkout = checkoutWithTests();
  for (const part of ['good', 'tests/good/', 'good/one', 'tests/good/one.test.ts', 'dist/tests/good/one.test.js']) {
    const { status, output } = checkout.run('test.mjs', part);
    assert.equal(status, 0, output);
    assert.match(output, /\npassed {2}1 test files /);
  }
  assert.equal(checkout.run('test.mjs', '--filter', 'bad').status, 1);
  assert.match(checkout.run('test.mjs', 'nothing').output, /No test file below tests\/ is named by nothing/);
});

test('npm test fails where types or linter do', () => {
  for (const tool of ['typescript/bin/tsc', 'eslint/bin/eslint.js']) {
    const checkout = checkoutWithTests();
    checkout.write(`node_modules/${tool}`, 'process.exit(1)');
    assert.equal(checkout.run('test.mjs', 'good').status, 1, tool);
  }
});
