import { fixturePath } from '../../fixtures/fixture-path.ts';
import type { FieldCase } from './field-case.ts';

const gsm8k = ['benchmark.name=gsm8k', `benchmark.path=${fixturePath('benchmarks', 'gsm8k.jsonl')}`];
const shown = [...gsm8k, `benchmark.examples=${fixturePath('benchmarks', 'gsm8k.jsonl')}`, 'benchmark.shots=1', 'rollouts.maxPromptTokens=2000'];

/** Of an evaluation. */
export const evaluationCases: readonly FieldCase[] = [
  { key: 'benchmark.name', value: 'minerva', differs: ['evaluation'], given: gsm8k },
  { key: 'benchmark.path', value: fixturePath('benchmarks', 'minerva.jsonl'), differs: ['evaluation'], given: ['benchmark.name=minerva', `benchmark.path=${fixturePath('benchmarks', 'aime24.jsonl')}`] },
  { key: 'benchmark.examples', value: 'null', differs: ['refused'], given: shown },
  { key: 'benchmark.shots', value: '0', differs: ['refused'], given: shown },
  { key: 'benchmark.maxItems', value: '1', differs: ['evaluation'], given: gsm8k },
  { key: 'benchmark.samples', value: '3', differs: ['evaluation'], given: gsm8k },
];
