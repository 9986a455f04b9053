import type { StepCommit } from '../../../../operators/ports/run-store.ts';
import type { EvaluationRow } from '../../../../schemas/records/evaluation-row.ts';

/** A step with evaluations of three classes and a checkpoint. */
export function withEvaluations(commit: StepCommit): StepCommit {
  const row = (index: number, changes: Partial<EvaluationRow>): EvaluationRow => ({ step: commit.step, kind: 'cloze', itemId: `item ${index}`, sampleIndex: 0, spanClass: 'knowledge', expected: 'Rome', answer: 'Rome', responseText: '\\boxed{Rome}', correct: true, ...changes });
  return { ...commit, evaluations: [row(1, {}), row(2, { spanClass: 'noise', answer: 'Rome ', correct: false }), row(3, { kind: 'mask-probe', expected: null, answer: 'Tiber' })], checkpoint: true };
}

/** Ids of the simulated step are any: the vocabulary here knows some of them. */
export const tokenizerOfWords = JSON.stringify({ model: { vocab: Object.fromEntries(Array.from({ length: 150_000 }, (_, id) => [`w${id}`, id])) } });
