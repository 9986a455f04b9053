/**
 * Makes a checkout ready to run, before anything is installed: plain JavaScript that needs Node alone. Out: node_modules as the lock file says, and a
 * build as new as the sources; nothing is done where both are there. An installed package brings its build and needs neither. Exits 1
 * with one clear word where Node is too old, or where a step fails.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const at = (...parts) => join(root, ...parts);
const oldestNode = [20, 10];
const sourceFolders = ['schemas', 'operators', 'infra', 'pipelines', 'tests'];
/** What runs in a browser is bundled, not compiled file by file. */
const pageFolder = join('infra', 'explorer', 'page');
const installStamp = at('node_modules', '.pretrainzero-lock');
const buildStamp = at('dist', '.built');

requireNode();
if (existsSync(at('package-lock.json'))) install();
if (existsSync(at('tsconfig.json'))) build();

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  stop(`pretrainzero needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}. Install a newer one from nodejs.org.`);
}

function install() {
  const wanted = createHash('sha256').update(readFileSync(at('package-lock.json'))).digest('hex');
  const installed = existsSync(installStamp) ? readFileSync(installStamp, 'utf8') : null;
  if (installed === wanted || (installed === null && isInstalledBy(at('node_modules', '.package-lock.json')))) return;
  const started = performance.now();
  say('Installing the packages that package-lock.json names ...');
  // Nothing here has an install script that it needs; without them nothing is downloaded but packages.
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci failed; its message is above. Is the network there?');
  writeFileSync(installStamp, wanted);
  say(`Installed in ${seconds(started)}.`);
}

/** Whether npm installed after the lock file last changed. */
function isInstalledBy(npmStamp) {
  return existsSync(npmStamp) && statSync(npmStamp).mtimeMs >= statSync(at('package-lock.json')).mtimeMs;
}

function build() {
  const sources = sourceFolders.flatMap((folder) => filesBelow(at(folder))).filter((file) => !file.startsWith(at(pageFolder) + sep));
  const page = filesBelow(at(pageFolder), '');
  const inputs = [...sources, ...page, at('infra', 'explorer', 'build-page.mjs'), at('tsconfig.json'), at('package-lock.json')];
  const newest = Math.max(...inputs.map((file) => statSync(file).mtimeMs));
  if (existsSync(buildStamp) && statSync(buildStamp).mtimeMs >= newest && isComplete(sources) && existsSync(at('dist', 'explorer-page', 'page.js'))) return;
  const started = performance.now();
  say('Building ...');
  removeStale(sources);
  rmSync(buildStamp, { force: true });
  run(process.execPath, [at('node_modules', 'typescript', 'bin', 'tsc'), '-p', at('tsconfig.json')], 'the build failed; the errors are above.');
  run(process.execPath, [at('infra', 'explorer', 'build-page.mjs')], 'the page of the explorer could not be bundled; the errors are above.');
  writeFileSync(buildStamp, '');
  say(`Built in ${seconds(started)}.`);
}

function isComplete(sources) {
  return sources.every((source) => existsSync(builtFile(source)));
}

/** What was built from sources that are gone would still be imported, shipped and tested. */
function removeStale(sources) {
  const wanted = new Set(sources.map(builtFile));
  const built = sourceFolders.flatMap((folder) => filesBelow(at('dist', folder), '.js'));
  const stale = built.filter((file) => !wanted.has(file));
  for (const file of stale) for (const suffix of ['.js', '.js.map', '.d.ts']) rmSync(file.replace(/\.js$/, suffix), { force: true });
  const missing = [...wanted].some((file) => !existsSync(file));
  if (missing) rmSync(at('dist', '.tsbuildinfo'), { force: true }); // else the compiler takes them for built
}

function builtFile(source) {
  return at('dist', relative(root, source).replace(/\.ts$/, '.js'));
}

function filesBelow(folder, suffix = '.ts') {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path, suffix);
    return entry.name.endsWith(suffix) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function run(command, args, complaint) {
  // npm is a script, which Windows starts through a shell only.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: command === 'npm' && process.platform === 'win32' });
  if (error || status !== 0) stop(error ? `${complaint} (${error.message})` : complaint);
}

function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function stop(line) {
  process.stderr.write(`pretrainzero: ${line}\n`);
  process.exit(1);
}
