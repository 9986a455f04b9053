/** The benchmarks that a config may name in `benchmark.name`; `cloze`, which needs none of their files, stands beside them. */
import { aime24 } from './aime24.ts';
import { amc23 } from './amc23.ts';
import { bbeh } from './bbeh.ts';
import type { Benchmark } from './benchmark.ts';
import { gsm8k } from './gsm8k.ts';
import { math500 } from './math-500.ts';
import { minerva } from './minerva.ts';
import { mmluPro } from './mmlu-pro.ts';
import { olympiadBench } from './olympiad-bench.ts';
import { superGpqa } from './super-gpqa.ts';
import type { Config } from '../../schemas/config/config.ts';

export const namedBenchmarks: Readonly<Record<Exclude<Config['benchmark']['name'], 'cloze'>, Benchmark>> = {
  'mmlu-pro': mmluPro,
  'super-gpqa': superGpqa,
  bbeh,
  'math-500': math500,
  'olympiad-bench': olympiadBench,
  minerva,
  gsm8k,
  amc23,
  aime24,
};
