/** One question, as the address names it: what was asked, every answer against the truth, and what other evaluations answered. */
import { useState } from 'preact/hooks';
import { printable, revealed } from '../../../shown-text/printable.ts';
import type { ShownAnswer } from '../../log/question-answers.ts';
import { questionKey, rightAnswers, usualAnswer, type IndexedQuestion } from '../../view/indexed-question.ts';
import type { EvaluationData } from '../data/evaluation-data.ts';
import { BenchmarkAnswer } from '../parts/benchmark-answer.tsx';
import { plural } from '../parts/figures.ts';
import { Problem } from '../parts/problem.tsx';
import { RightShare } from '../parts/right-share.tsx';
import { useKeys } from '../state/keys.ts';
import { questionHref, type Go } from '../state/navigation.ts';
import { usePromise } from '../state/use-promise.ts';
import type { BenchmarksProps } from './benchmarks.tsx';

export function Question({ evaluations, address, go }: BenchmarksProps) {
  const { item, sample } = address;
  const evaluation = evaluations.find(({ name }) => name === address.evaluation);
  const batch = address.batch ?? evaluation?.questions.find(({ itemId }) => itemId === item)?.batch ?? null;
  const found = usePromise(evaluation === undefined || !evaluation.known || batch === null || item === null ? null : () => evaluation.answers(batch, item), [evaluation, evaluation?.known, batch, item]);
  if (evaluation === undefined) return <Problem reason={`There is no evaluation ${address.evaluation ?? ''} here.`} />;
  if (found.state === 'failed') return <Problem reason={found.reason} />;
  if (found.state === 'waiting' || found.value[0]?.itemId !== item) return <p class="muted hint">Reading the answers …</p>;
  return <QuestionPanel key={`${evaluation.name}/${item}`} {...{ evaluations, evaluation, sample, go }} answers={found.value} batch={batch!} />;
}

interface QuestionPanelProps {
  readonly evaluations: readonly EvaluationData[];
  readonly evaluation: EvaluationData;
  readonly answers: readonly ShownAnswer[];
  readonly batch: number;
  readonly sample: number | null;
  readonly go: Go;
}

function QuestionPanel({ evaluations, evaluation, answers, batch, sample, go }: QuestionPanelProps) {
  const [unfolded, setUnfolded] = useState(answers.length === 1);
  const { itemId: item, benchmark, category, expected, question, promptLength } = answers[0]!;
  const key = questionKey({ benchmark, itemId: item, expected });
  const elsewhere = evaluations.flatMap((each) => (each === evaluation ? [] : each.questions.filter((other) => other.itemId === item && questionKey(other) === key)));
  const at = sample === null ? -1 : answers.findIndex(({ sampleIndex }) => sampleIndex === sample);
  const move = (by: number) => () => {
    const next = answers[at < 0 ? 0 : at + by];
    if (next !== undefined) go({ sample: next.sampleIndex }, 'replace');
  };
  const names = [...elsewhere.map((other) => other.evaluation), evaluation.name].sort((a, b) => placeOf(evaluations, a) - placeOf(evaluations, b));
  const leap = (by: number) => () => {
    const other = elsewhere.find((each) => each.evaluation === names[names.indexOf(evaluation.name) + by]);
    if (other !== undefined) go({ evaluation: other.evaluation, batch: other.batch, item, sample: null }, 'replace');
  };
  useKeys([
    { keys: ['n', ']'], does: 'the next answer', act: move(1) },
    { keys: ['N', '['], does: 'the answer before', act: move(-1) },
    { keys: ['r'], does: 'fold or unfold all responses', act: () => setUnfolded((now) => !now) },
    { keys: ['ArrowLeft', 'h'], does: 'the same question, the evaluation before', act: leap(-1) },
    { keys: ['ArrowRight', 'l'], does: 'the same question, the next evaluation', act: leap(1) },
  ]);
  return (
    <article class="sample" aria-label={`Question ${printable(item)} of ${evaluation.name}`}>
      <header>
        <h2>
          <bdi>{printable(benchmark)}</bdi> › <bdi>{printable(item)}</bdi>
        </h2>
        <p class="muted">
          {evaluation.name} · <bdi>{printable(evaluation.identity?.model ?? '')}</bdi>
          {category !== '' && (
            <>
              {' '}
              · <bdi>{printable(category)}</bdi>
            </>
          )}{' '}
          · {promptLength === 0 ? 'not asked: its prompt is too long' : plural(promptLength, 'prompt token')} · <a href={questionHref({ evaluation: evaluation.name, batch, item, sample })}>link</a>
        </p>
      </header>
      {question === null ? (
        <p class="muted">This log is of an earlier version, which has the question's tokens and not its text.</p>
      ) : (
        <p class="paragraph" dir="auto">
          {printable(question)}
        </p>
      )}
      <h3>
        {rightAnswers(answers)} of {plural(answers.length, 'answer')} right; it should be <bdi class="answer">{revealed(expected)}</bdi>
      </h3>
      {answers.map((answer) => (
        <BenchmarkAnswer key={answer.sampleIndex} {...{ answer, unfolded }} href={questionHref({ evaluation: evaluation.name, batch, item, sample: answer.sampleIndex })} chosen={answer.sampleIndex === sample} />
      ))}
      {elsewhere.length > 0 && <Elsewhere questions={elsewhere} />}
    </article>
  );
}

function placeOf(evaluations: readonly EvaluationData[], name: string): number {
  return evaluations.findIndex((each) => each.name === name);
}

/** What other evaluations answered to the same question. */
function Elsewhere({ questions }: { readonly questions: readonly IndexedQuestion[] }) {
  return (
    <section aria-label="The same question elsewhere">
      <h3>The same question elsewhere</h3>
      <ul>
        {questions.map(({ evaluation, batch, itemId, answers }) => (
          <li key={evaluation}>
            <a href={questionHref({ evaluation, batch, item: itemId, sample: null })}>{evaluation}</a> <RightShare right={rightAnswers(answers)} of={answers.length} /> <bdi class="answer">{usualAnswer(answers) === null ? '(none)' : revealed(usualAnswer(answers)!)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
