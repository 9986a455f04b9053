/**
 * The questions of a benchmark from its files. In: the benchmark, where its files are. Out: its questions, in the order of the files, and why rows were left out. Fails as the files do; with INPUT_MALFORMED where
 * an id comes twice, or no row is a question of this benchmark (naming what the first lacks).
 */
import type { Benchmark, BenchmarkQuestion } from '../../operators/benchmarks/benchmark.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { findDataFiles, readRows } from '../corpus/read-rows.ts';

export interface LoadedQuestions {
  readonly questions: readonly BenchmarkQuestion[];
  readonly leftOut: readonly { readonly file: string; readonly row: number; readonly why: string }[];
}

export async function loadBenchmark(benchmark: Benchmark, path: string, hub?: HubOptions): Promise<LoadedQuestions> {
  const questions: BenchmarkQuestion[] = [];
  const leftOut: { file: string; row: number; why: string }[] = [];
  const ids = new Set<string>();
  const files = await findDataFiles(path, hub);
  for await (const { row, file, index } of readRows(files)) {
    const read = benchmark.read(row, { file, index: files.length === 1 ? index : questions.length + leftOut.length });
    if (typeof read === 'string') {
      leftOut.push({ file, row: index, why: read });
      continue;
    }
    if (ids.has(read.id)) throw new PretrainZeroError('INPUT_MALFORMED', `the id "${read.id}" comes twice: row ${index}`, { file });
    ids.add(read.id);
    questions.push(read);
  }
  if (questions.length > 0) return { questions, leftOut };
  const [first] = leftOut;
  throw new PretrainZeroError('INPUT_MALFORMED', `no row is a question of ${benchmark.name}${first === undefined ? '; there are none' : `: of the first, ${first.why}`}`, { file: first?.file ?? path });
}
