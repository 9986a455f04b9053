import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { test } from 'node:test';
import { runProgram } from '../infra/cli/program.ts';
import { configSchema } from '../schemas/config/config.ts';
import { bundledConfigNames } from '../infra/config/config-paths.ts';
import { loadConfig } from '../infra/config/load-config.ts';
import { packageRoot } from '../infra/setup/package-root.ts';
import * as publicSurface from '../pipelines/index.ts';
import { testWorld } from './infra/cli/test-world.ts';

const read = (file: string): string => readFileSync(join(packageRoot(), file), 'utf8');
const readme = read('README.md');
const pages = readdirSync(join(packageRoot(), 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
const blocksOf = (text: string, language: string): string[] => [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, body]) => body!);
const blocks = (language: string): string[] => blocksOf(readme, language);
const commands = ['README.md', ...pages].flatMap((page) => [...blocksOf(read(page), 'sh'), ...blocksOf(read(page), 'bash')]).flatMap((block) => block.split('\n').map((line) => line.replace(/\s+#.*$/, '').trim())).filter((line) => line !== '');

/** Commands that have commands of their own. */
const grouped = new Set(['kafka', 'topics']);

test('every command of the README and of docs/ that starts the program is one that it takes', async () => {
  const called = commands.filter((command) => command.startsWith('npx pretrainzero '));
  assert.ok(called.length >= 10);
  for (const command of called) {
    const [, , name = '', ...words] = command.split(' ');
    const world = testWorld();
    await runProgram([name, ...(grouped.has(name) ? words.slice(0, 1) : []), '--help'], world);
    const help = world.terminal.out();
    const { values, positionals } = parseArgs({ args: words, strict: false, allowPositionals: true, options: { set: { type: 'string', multiple: true }, out: { type: 'string' } } });
    for (const option of Object.keys(values)) assert.ok(help.includes(`--${option}`), `${command}: --${option}`);
    if ((name === 'run' || name === 'check') && positionals[0] !== 'CONFIG') await loadConfig(positionals[0]!, { set: (values.set ?? []) as string[] });
  }
});

test('every npm command of the README and of docs/ is a script of the package', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const command of commands.filter((each) => /^npm (start|test|run)\b/.test(each))) {
    const [, verb = '', script = ''] = command.split(' ');
    assert.ok((verb === 'run' ? script : verb) in scripts, command);
  }
});

test('the config of the README is valid', async () => {
  const [yaml] = blocks('yaml');
  const { config } = await loadConfig('own.yaml', { folder: '/configs', readFile: (path) => Promise.resolve(path === '/configs/own.yaml' ? yaml! : readFileSync(path, 'utf8')) });
  assert.deepEqual(configSchema.parse(config), config);
});

test('the README names every bundled config', () => {
  for (const name of bundledConfigNames().filter((each) => each !== 'base')) assert.ok(readme.includes(`| \`${name}\` |`), name);
});

test('what the README imports is exported', () => {
  for (const [, names] of blocks('ts').join('\n').matchAll(/import \{ (.*) \} from 'pretrainzero'/g)) {
    for (const name of names!.split(', ')) assert.ok(name in publicSurface, name);
  }
});

test('every file that the documents link to or name is there', () => {
  for (const document of ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', ...pages]) {
    const text = read(document);
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => join(dirname(document), path!));
    const named = [...text.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:ts|yaml))`/g)].map(([, path]) => path!);
    for (const path of [...links, ...named]) assert.ok(existsSync(join(packageRoot(), path)), `${document}: ${path}`);
  }
});

test('the README says why of every package that the program depends on', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const reasons = readme.slice(readme.indexOf('## What it is built on'));
  for (const name of Object.keys(dependencies)) assert.ok(reasons.includes(`\`${name}\``), name);
});
