/** The figures of all evaluations, and those by category of the one that the filter names, or of the only one. */
import { printable } from '../../../shown-text/printable.ts';
import type { AnswerFilter } from '../../view/answer-filter.ts';
import { rightAnswers } from '../../view/indexed-question.ts';
import type { EvaluationData } from '../data/evaluation-data.ts';
import { percent } from './figures.ts';

interface BenchmarkTableProps {
  readonly evaluations: readonly EvaluationData[];
  readonly filter: AnswerFilter;
  readonly change: (filter: AnswerFilter) => void;
}

export function BenchmarkTable({ evaluations, filter, change }: BenchmarkTableProps) {
  const chosen = evaluations.find(({ name }) => name === filter.evaluation) ?? (evaluations.length === 1 ? evaluations[0] : undefined);
  const categories = chosen?.summary?.byCategory ?? [];
  return (
    <div class="figures">
      <div class="scrolls">
        <table class="summary">
          <caption>Evaluations</caption>
          <thead>
            <tr>
              <th scope="col">evaluation</th>
              <th scope="col">benchmark</th>
              <th scope="col">model</th>
              <th scope="col" class="number">questions</th>
              <th scope="col" class="number">score</th>
              <th scope="col">95% interval</th>
              <th scope="col" class="number">no answer found</th>
              <th scope="col" class="number">cut off</th>
            </tr>
          </thead>
          <tbody>
            {evaluations.map((each) => (
              <tr key={each.name}>
                <th scope="row">
                  <button type="button" aria-pressed={each === chosen} onClick={() => change({ ...filter, evaluation: each.name, category: null })}>
                    {printable(each.name)}
                  </button>
                </th>
                <td>
                  <bdi>{printable(each.identity?.benchmark ?? '–')}</bdi>
                </td>
                <td>
                  <bdi>{printable(each.identity?.model ?? '–')}</bdi>
                </td>
                <Figures evaluation={each} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen !== undefined && categories.length > 0 && (
        <div class="scrolls">
          <table class="summary">
            <caption>{printable(chosen.name)}, by category</caption>
            <thead>
              <tr>
                <th scope="col">category</th>
                <th scope="col" class="number">questions</th>
                <th scope="col" class="number">score</th>
                <th scope="col">95% interval</th>
              </tr>
            </thead>
            <tbody>
              {categories.map(({ category, questions, score, low, high }) => (
                <tr key={category}>
                  <th scope="row">
                    <button type="button" aria-pressed={category === filter.category} onClick={() => change({ ...filter, evaluation: chosen.name, category })}>
                      {printable(category)}
                    </button>
                  </th>
                  <td class="number">{questions.toLocaleString('en-US')}</td>
                  <td class="number">{percent(score, 1)}</td>
                  <td>{interval(low, high)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** Of an evaluation that is going on: what is there of it. */
function Figures({ evaluation: { identity, summary, questions } }: { readonly evaluation: EvaluationData }) {
  const all = identity?.questions ?? 0;
  if (summary === null) {
    const soFar = questions.reduce((sum, { answers }) => sum + rightAnswers(answers) / answers.length, 0) / questions.length;
    return (
      <>
        <td class="number">
          {questions.length.toLocaleString('en-US')} of {all.toLocaleString('en-US')}
        </td>
        <td class="number">{questions.length === 0 ? '–' : percent(soFar, 1)}</td>
        <td class="muted">so far</td>
        <td class="number">–</td>
        <td class="number">–</td>
      </>
    );
  }
  const { metric, score, low, high, missingShare, truncatedShare } = summary;
  return (
    <>
      <td class="number">{all.toLocaleString('en-US')}</td>
      <td class="number" title={metric === 'harmonic' ? 'harmonic mean over the categories' : 'mean over the questions'}>
        {percent(score, 1)}
      </td>
      <td>{interval(low, high)}</td>
      <td class="number">{percent(missingShare, 1)}</td>
      <td class="number">{percent(truncatedShare, 1)}</td>
    </>
  );
}

function interval(low: number, high: number): string {
  return `${percent(low, 1)} to ${percent(high, 1)}`;
}
