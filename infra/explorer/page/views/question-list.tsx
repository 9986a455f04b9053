/** The questions of all evaluations that a filter lets through, sorted; page by page. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { printable, revealed } from '../../../shown-text/printable.ts';
import { drawingStage } from '../../view/drawing-stage.ts';
import { rightAnswers, usualAnswer, type IndexedQuestion } from '../../view/indexed-question.ts';
import { selectQuestions } from '../../view/select-questions.ts';
import { plural } from '../parts/figures.ts';
import { List } from '../parts/list.tsx';
import { Pager } from '../parts/pager.tsx';
import { RightShare } from '../parts/right-share.tsx';
import { questionHref } from '../state/navigation.ts';
import { AnswerFilterForm } from './answer-filter-form.tsx';
import type { BenchmarksProps } from './benchmarks.tsx';

const pageSize = 100;
/** Characters of a question that are in a line of the list. */
const lineLetters = 120;

export function QuestionList({ evaluations, address, go }: BenchmarksProps) {
  const { answers: filter } = address;
  const [page, setPage] = useState(0);
  const sum = (of: (each: (typeof evaluations)[number]) => number): number => evaluations.reduce((total, each) => total + of(each), 0);
  const [read, all] = [sum(({ partsRead }) => partsRead), sum(({ parts }) => parts)];
  const filterKey = JSON.stringify(filter);
  const questions = useMemo(() => evaluations.flatMap((each) => each.questions), [evaluations, drawingStage(read, all)]);
  const found = useMemo(() => selectQuestions(questions, filter), [questions, filterKey]);
  useEffect(() => setPage(0), [filterKey]);
  return (
    <>
      <AnswerFilterForm {...{ evaluations, questions, filter }} change={(answers) => go({ answers }, 'replace')} />
      <p class="status" role="status">
        {plural(found.length, 'question')} of {questions.length.toLocaleString('en-US')}
        {read < all && <progress value={read} max={all} aria-label={`${read} of ${all} parts read`} />}
      </p>
      <List
        label="Questions"
        items={found.slice(page * pageSize, (page + 1) * pageSize).map((question) => {
          const { evaluation, batch, itemId: item } = question;
          return {
            key: `${evaluation}/${item}`,
            href: questionHref({ evaluation, batch, item, sample: null }),
            chosen: address.evaluation === evaluation && address.item === item,
            choose: () => go({ evaluation, batch, item, sample: null }, address.item === null ? 'push' : 'replace'),
            content: <QuestionLine question={question} several={evaluations.length > 1} />,
          };
        })}
      />
      <Pager page={page} pages={Math.ceil(found.length / pageSize)} change={setPage} />
    </>
  );
}

/** @param several whether there is more than one evaluation, so that the line must say which it is of */
function QuestionLine({ question, several }: { readonly question: IndexedQuestion; readonly several: boolean }) {
  const { itemId, question: text, answers, evaluation } = question;
  const answer = usualAnswer(answers);
  return (
    <>
      <span class="grow">
        <bdi class="answer">{answer === null ? '(none)' : revealed(answer)}</bdi> <bdi class="muted">{printable((text ?? itemId).trim().slice(0, lineLetters))}</bdi>
      </span>
      {several && (
        <span class="muted which">
          <bdi>{printable(evaluation)}</bdi>
        </span>
      )}
      <RightShare right={rightAnswers(answers)} of={answers.length} />
    </>
  );
}
