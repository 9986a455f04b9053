/** Runs and evaluations that a server gives, over range requests. Rejects where the server is gone or says no. */
import { labelsPath, type PartBytes } from '../../log/part-bytes.ts';
import { get } from './get.ts';
import type { Origin, RunSource } from './run-source.ts';
import { scriptUrl } from './script-url.ts';
import { servedEvaluations } from './served-evaluations.ts';

export async function servedOrigin(): Promise<Origin> {
  const [named, evaluations] = await Promise.all([get('runs.json'), servedEvaluations()]);
  const runs = (await named.json()) as { readonly name: string; readonly labelBytes: number | null }[];
  return {
    runs: runs.map(({ name, labelBytes }) => ({ name, labels: labelBytes === null ? null : { path: labelsPath, bytes: labelBytes } })),
    source: servedRun,
    evaluations,
    startWorker: () => new Worker(scriptUrl('worker.js')),
    live: true,
  };
}

function servedRun(run: string): RunSource {
  const base = `runs/${encodeURIComponent(run)}`;
  const read: PartBytes['read'] = async ({ path, bytes }, start, end) => {
    if (end <= start) return new ArrayBuffer(0);
    if (path === labelsPath) return (await get(`${base}/labels`)).arrayBuffer();
    if (start > 0 || end < bytes) return (await get(`${base}/files/${path}`, `bytes=${start}-${end - 1}`)).arrayBuffer();
    const whole = await tail(path, 0); // a checkpoint's tokenizer may be gone by now: that is no failure of the browser's to complain of
    if (whole.size === 0) throw new Error(`${path}: there is no such file`);
    return whole.bytes;
  };
  const tail: RunSource['tail'] = async (path, from) => {
    const response = await get(`${base}/files/${path}?from=${from}`);
    return { bytes: await response.arrayBuffer(), size: Number(response.headers.get('x-file-bytes')) };
  };
  return {
    read,
    tail,
    stepLine: async (step) => (await get(`${base}/steps/${step}`)).text(),
    parts: async (table, steps) => (await get(`${base}/parts/${table}?steps=${steps.map(({ step }) => step).join(',')}`)).arrayBuffer(),
  };
}
