/** What a list of questions is to hold. */
import { printable } from '../../../shown-text/printable.ts';
import { answerOutcomes, answerSorts, noAnswerFilter, type AnswerFilter } from '../../view/answer-filter.ts';
import type { IndexedQuestion } from '../../view/indexed-question.ts';
import type { EvaluationData } from '../data/evaluation-data.ts';
import { Choice } from '../parts/choice.tsx';
import { Entry } from '../parts/entry.tsx';

const outcomeWords = {
  right: 'right, every time',
  wrong: 'wrong, every time',
  some: 'right sometimes',
  missing: 'no answer found',
  truncated: 'cut off at the length limit',
  unasked: 'not asked: the prompt is too long',
} as const;
const sortWords = { hardest: 'hardest', strangest: 'strangest: agree on a wrong answer', differing: 'evaluations differ most' } as const;

interface AnswerFilterFormProps {
  readonly evaluations: readonly EvaluationData[];
  readonly questions: readonly IndexedQuestion[];
  readonly filter: AnswerFilter;
  readonly change: (filter: AnswerFilter) => void;
}

export function AnswerFilterForm({ evaluations, questions, filter, change }: AnswerFilterFormProps) {
  const set = (changes: Partial<AnswerFilter>): void => change({ ...filter, ...changes });
  const offered = (values: readonly string[], chosen: string | null) => [...new Set([...values, ...(chosen === null ? [] : [chosen])])].filter((value) => value !== '').sort().map((value) => [value, printable(value)] as const);
  const within = questions.filter(({ benchmark, evaluation }) => (filter.benchmark === null || benchmark === filter.benchmark) && (filter.evaluation === null || evaluation === filter.evaluation));
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <Entry label="Question or answer" value={filter.text} change={(text) => set({ text })} />
      <Choice label="Benchmark" value={filter.benchmark} any="all" choices={offered(evaluations.flatMap(({ identity }) => identity?.benchmark ?? []), filter.benchmark)} change={(benchmark) => set({ benchmark, category: null })} />
      <Choice label="Evaluation" value={filter.evaluation} any="all" choices={offered(evaluations.map(({ name }) => name), filter.evaluation)} change={(evaluation) => set({ evaluation, category: null })} />
      <Choice label="Outcome" value={filter.outcome} any="any" choices={answerOutcomes.map((each) => [each, outcomeWords[each]])} change={(outcome) => set({ outcome })} />
      <Choice label="Category" value={filter.category} any="all" choices={offered(within.map(({ category }) => category), filter.category)} change={(category) => set({ category })} />
      <Choice label="Sort" value={filter.sort} any="as asked" choices={answerSorts.map((each) => [each, sortWords[each]])} change={(sort) => set({ sort })} />
      <button type="button" onClick={() => change(noAnswerFilter)}>
        Clear
      </button>
    </form>
  );
}
