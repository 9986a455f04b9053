/** Questions of benchmarks with what was answered: a list, and the question that was chosen from it, or else the figures of all evaluations. */
import { useEffect } from 'preact/hooks';
import type { EvaluationData } from '../data/evaluation-data.ts';
import { BenchmarkTable } from '../parts/benchmark-table.tsx';
import { Problem } from '../parts/problem.tsx';
import { useKeys } from '../state/keys.ts';
import { useObservable } from '../state/use-observable.ts';
import { Question } from './question.tsx';
import { QuestionList } from './question-list.tsx';
import type { ViewProps } from './view-props.ts';

export interface BenchmarksProps extends Pick<ViewProps, 'address' | 'go'> {
  readonly evaluations: readonly EvaluationData[];
}

export function Benchmarks({ evaluations, address, go }: BenchmarksProps) {
  useObservable(...evaluations);
  useEffect(() => evaluations.forEach((each) => each.wantQuestions()), [evaluations]);
  const chosen = address.item !== null;
  const leave = (): void => go({ evaluation: null, batch: null, item: null, sample: null });
  useKeys([
    { keys: ['/'], does: 'search in questions and answers', act: () => document.querySelector<HTMLInputElement>('.list-pane input[type=search]')?.focus() },
    { keys: ['u'], does: 'the figures of all evaluations', act: leave },
  ]);
  return (
    <section class={`samples ${chosen ? 'chosen' : 'choosing overview'}`} aria-label="Benchmarks">
      <div class="list-pane">
        <QuestionList {...{ evaluations, address, go }} />
      </div>
      <div class="sample-pane">
        {evaluations.map((each) => each.problem !== null && <Problem key={each.name} reason={`${each.name}: ${each.problem}`} />)}
        {chosen ? (
          <>
            <button type="button" class="leave" onClick={leave}>
              ← all figures
            </button>
            <Question {...{ evaluations, address, go }} />
          </>
        ) : (
          <BenchmarkTable evaluations={evaluations} filter={address.answers} change={(answers) => go({ answers }, 'replace')} />
        )}
      </div>
    </section>
  );
}
