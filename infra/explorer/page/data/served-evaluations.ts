/** Evaluations that a server gives, over range requests. Rejects where the server is gone or says no. */
import type { Part } from '../../log/part-bytes.ts';
import type { EvaluationsSource } from './evaluations-source.ts';
import { get } from './get.ts';

export async function servedEvaluations(): Promise<EvaluationsSource> {
  return {
    names: (await (await get('evaluations.json')).json()) as string[],
    async files(name) {
      const base = `evaluations/${encodeURIComponent(name)}`;
      const files = (await (await get(`${base}/files.json`)).json()) as Part[];
      return files.map(({ path, bytes }) => ({ path: `${base}/files/${path}`, bytes }));
    },
    read: async ({ path, bytes }, start, end) => (end <= start ? new ArrayBuffer(0) : (await get(path, start > 0 || end < bytes ? `bytes=${start}-${end - 1}` : undefined)).arrayBuffer()),
  };
}
