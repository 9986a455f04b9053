/**
 * Runs the tests. In: folders or files below tests/ (`npm test -- operators/rewards`), or none for all of it; `--no-lint` leaves out the linter. Out: type
 * check and linter first, then the spec of every test and a summary. Exits 1 where anything fails. Only tests that have a source are run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const testFilesAtOnce = 2;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { filter: { type: 'string' }, 'no-lint': { type: 'boolean', default: false } } });
const wanted = [...positionals, ...(values.filter ? [values.filter] : [])].map(withoutPrefix);
const files = testSources(join(root, 'tests')).filter((file) => wanted.length === 0 || wanted.some((part) => matches(file, part)));
if (files.length === 0) {
  console.error(`No test file below tests/ is named by ${wanted.join(', ')}.`);
  process.exit(1);
}

const results = [
  check('type check', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']),
  check('type check of the explorer\'s page', ['node_modules/typescript/bin/tsc', '-p', 'infra/explorer/page/tsconfig.json']),
  ...(values['no-lint'] ? [] : [check('lint', ['node_modules/eslint/bin/eslint.js', '.'])]),
  check(`${files.length} test files`, ['--test', `--test-concurrency=${testFilesAtOnce}`, '--test-reporter=spec', ...files.map(builtFile)]),
];

console.log('');
for (const { name, passed, seconds } of results) console.log(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`);
process.exit(results.every(({ passed }) => passed) ? 0 : 1);

function check(name, args) {
  const started = performance.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return { name, passed: status === 0, seconds: ((performance.now() - started) / 1000).toFixed(1) };
}

/** Paths from tests/, without their ending. */
function testSources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return testSources(path);
      return entry.name.endsWith('.test.ts') ? [relative(join(root, 'tests'), path).replaceAll('\\', '/').replace(/\.ts$/, '')] : [];
    })
    .sort();
}

function builtFile(file) {
  const built = `dist/tests/${file}.js`;
  if (!existsSync(join(root, built))) console.error(`${built} is not built.`);
  return built;
}

function withoutPrefix(part) {
  return part.replaceAll('\\', '/').replace(/^(\.\/)?(dist\/)?(tests\/)?/, '').replace(/(\.test)?\.(ts|js)$/, '').replace(/\/$/, '');
}

function matches(file, part) {
  return part === '' || file === part || file === `${part}.test` || file.startsWith(`${part}/`);
}
