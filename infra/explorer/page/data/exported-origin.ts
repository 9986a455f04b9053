/**
 * Runs and evaluations in an exported folder, opened without a server. A page of the `file:` scheme may fetch nothing; what it may do is load a script. So each file of the log is a script that
 * hands its bytes over, loaded when they are asked for. Rejects where one is missing.
 */
import { packedTable, packOf, unpackParts, type ExportBoot } from '../../export-format.ts';
import type { EvaluationsSource } from './evaluations-source.ts';
import type { Origin, RunSource } from './run-source.ts';
import { packLoader, type LoadPack } from './pack-loader.ts';
import { scriptUrl } from './script-url.ts';

export function exportedOrigin(boot: ExportBoot): Origin {
  const load = packLoader();
  const folders = new Map(boot.runs.map(({ name, folder }) => [name, folder]));
  const workerUrl = URL.createObjectURL(new Blob([boot.worker], { type: 'text/javascript' }));
  return {
    runs: boot.runs,
    source: (run) => exportedRun(folders.get(run) ?? '', load),
    evaluations: exportedEvaluations(boot.evaluations, load),
    startWorker: () => new Worker(scriptUrl(workerUrl)),
    live: false,
  };
}

function exportedEvaluations(evaluations: ExportBoot['evaluations'], load: LoadPack): EvaluationsSource {
  const files = new Map(evaluations.map((each) => [each.name, each.files.map(({ path, bytes }) => ({ path: `${each.folder}/${path}`, bytes }))]));
  return {
    names: [...files.keys()],
    files: (name) => Promise.resolve(files.get(name) ?? []),
    read: async ({ path }, start, end) => (await load(path)).slice(start, end),
  };
}

function exportedRun(folder: string, load: LoadPack): RunSource {
  const pack = (path: string): Promise<ArrayBuffer> => load(`${folder}/${packOf(path)}`);
  return {
    read: async ({ path }, start, end) => (await pack(path)).slice(start, end),
    async tail(path, from) {
      const bytes = await pack(path).catch(() => new ArrayBuffer(0));
      return { bytes: bytes.slice(from), size: bytes.byteLength };
    },
    stepLine: () => Promise.resolve(null),
    async parts(table, steps) {
      if (table !== packedTable) throw new Error(`the parts of ${table} are not packed`);
      const pieces = steps.map(async ({ step, parts }) => unpackParts(await pack(parts[table]?.path ?? '')).get(step) ?? new ArrayBuffer(0));
      return new Blob(await Promise.all(pieces)).arrayBuffer();
    },
  };
}
