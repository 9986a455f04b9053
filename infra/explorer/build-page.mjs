/**
 * Bundles the explorer's page. In: what is installed, as this runs before there is a build. Out: `dist/explorer-page/`: the page, its worker, its style, and the licences of what is
 * bundled. Types are checked apart from it (`infra/explorer/page/tsconfig.json`). Exits 1 with esbuild's own words where a file cannot be bundled.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const page = join(root, 'infra', 'explorer', 'page');
const out = join(root, 'dist', 'explorer-page');

mkdirSync(out, { recursive: true });
const { metafile } = await build({
  entryPoints: { page: join(page, 'main.tsx'), worker: join(page, 'worker.ts') },
  outdir: out,
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome115', 'firefox115', 'safari16.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'none', // all of them are in licences.txt
  metafile: true,
  logLevel: 'error',
}).catch(() => process.exit(1));
await build({ entryPoints: { page: join(page, 'style', 'page.css') }, outdir: out, absWorkingDir: root, bundle: true, minify: true, logLevel: 'error' }).catch(() => process.exit(1));
for (const name of ['index.html', 'icon.svg']) copyFileSync(join(page, name), join(out, name));
writeFileSync(join(out, 'licences.txt'), licences([...Object.keys(metafile.inputs), 'node_modules/uplot/dist/uPlot.min.css']));

/** The licence of every package that a file comes from. */
function licences(inputs) {
  const names = inputs.flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input.split(sep).join('/'))?.[1] ?? []);
  return [...new Set(names)]
    .sort()
    .map((name) => {
      const folder = join(root, 'node_modules', name);
      const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
      const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const text = file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : license;
      return `${name} ${version}\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
