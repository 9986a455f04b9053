/**
 * What an evaluation says of itself. In: the text of `evaluation.json` or of `summary.json`. Out: what the page shows of it; other fields are passed over. Can go wrong: LOG_DAMAGED for a text that is none.
 */
import type { BenchmarkSummary, Estimate } from '../../../operators/benchmarks/summarise-benchmark.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { evaluationLayout } from '../../evaluations/evaluation-layout.ts';

/** What was asked of what. */
export interface EvaluationIdentity {
  /** Name and version. */
  readonly benchmark: string;
  readonly model: string;
  /** Of a question; 0: one greedy answer. */
  readonly samples: number;
  readonly questions: number;
}

export type ShownSummary = Estimate & Pick<BenchmarkSummary, 'metric' | 'accuracy' | 'missingShare' | 'truncatedShare'> & { readonly byCategory: readonly (Estimate & { readonly category: string; readonly questions: number })[] };

type Fields = Readonly<Record<string, unknown>>;

export function readIdentity(text: string): EvaluationIdentity {
  const fields = parse(text, evaluationLayout.identity);
  const of = taken(fields, evaluationLayout.identity);
  return { benchmark: of('benchmark', 'string'), model: of('model', 'string'), samples: of('samples', 'number'), questions: of('questions', 'number') };
}

export function readSummary(text: string): ShownSummary {
  const file = evaluationLayout.summary;
  const { summary } = parse(text, file);
  const fields = fieldsOf(summary, file);
  const of = taken(fields, file);
  const categories: readonly unknown[] = Array.isArray(fields.byCategory) ? fields.byCategory : [];
  return {
    ...estimate(fields, file),
    metric: of('metric', 'string') === 'harmonic' ? 'harmonic' : 'mean',
    accuracy: of('accuracy', 'number'),
    missingShare: of('missingShare', 'number'),
    truncatedShare: of('truncatedShare', 'number'),
    byCategory: categories.map((each) => {
      const category = fieldsOf(each, file);
      return { ...estimate(category, file), category: taken(category, file)('category', 'string'), questions: taken(category, file)('questions', 'number') };
    }),
  };
}

function estimate(fields: Fields, file: string): Estimate {
  const of = taken(fields, file);
  return { score: of('score', 'number'), low: of('low', 'number'), high: of('high', 'number') };
}

interface Kinds {
  readonly string: string;
  readonly number: number;
}

function taken(fields: Fields, file: string): <K extends keyof Kinds>(name: string, kind: K) => Kinds[K] {
  return <K extends keyof Kinds>(name: string, kind: K) => {
    const value = fields[name];
    if (typeof value !== kind) throw new PretrainZeroError('LOG_DAMAGED', `its ${name} is no ${kind}`, { file });
    return value as Kinds[K];
  };
}

function parse(text: string, file: string): Fields {
  try {
    return fieldsOf(JSON.parse(text), file);
  } catch (error) {
    throw new PretrainZeroError('LOG_DAMAGED', 'the file is not what `evaluate` writes', { file }, error);
  }
}

function fieldsOf(value: unknown, file: string): Fields {
  if (typeof value === 'object' && value !== null) return value as Fields;
  throw new PretrainZeroError('LOG_DAMAGED', 'the file is not what `evaluate` writes', { file });
}
