/** What an evaluation leaves behind, for tests that compare two: real but for engine and tokenizer. In: a config. Out: `evaluation`, its rows and what it came to; or `refused`. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFileSystem } from '../../infra/file-system/node-file-system.ts';
import { readRecords } from '../../infra/sample-log/read-records.ts';
import { evaluate } from '../../pipelines/evaluate.ts';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { benchmarkAnswer } from '../../schemas/records/benchmark-answer.ts';
import { createStubEngine } from '../stub-engine.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';
import type { RunRecord } from './recorded-run.ts';
import { newDirectory } from './stub-run.ts';

export async function recordEvaluation(config: Config): Promise<RunRecord> {
  const directory = join(newDirectory(), 'evaluation');
  const engine = createStubEngine({ respond: ({ seed, prompt }) => ` \\boxed{${(seed + prompt.length) % 7}}` });
  try {
    await evaluate(config, { directory, parts: { engine, tokenizer: createStubTokenizer() } });
    const rows: unknown[] = [];
    for await (const row of readRecords(nodeFileSystem, join(directory, 'answers', 'part-000000.parquet'), benchmarkAnswer)) rows.push(row);
    return new Map([['evaluation', JSON.stringify([rows, JSON.parse(readFileSync(join(directory, 'evaluation.json'), 'utf8'))])]]);
  } catch (error) {
    if (error instanceof PretrainZeroError) return new Map([['refused', error.code]]);
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
