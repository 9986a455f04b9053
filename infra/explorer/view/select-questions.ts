/**
 * A list of questions. In: the questions of all evaluations, in order, and what is asked. Out: those of them that are wanted, in order. Pure.
 *
 * - `hardest`: the smallest share of right answers first, over all evaluations that asked the question.
 * - `strangest`: the most answers that agree on one wrong answer, over all evaluations; at least two.
 * - `differing`: the largest difference between the shares right of two evaluations that asked the same; those without a difference are left out.
 */
import type { AnswerDigest } from '../log/question-digest.ts';
import type { AnswerFilter } from './answer-filter.ts';
import { questionKey, rightAnswers, type IndexedQuestion } from './indexed-question.ts';

export function selectQuestions(questions: readonly IndexedQuestion[], filter: AnswerFilter): IndexedQuestion[] {
  const { benchmark, evaluation, category, outcome, sort } = filter;
  const needle = filter.text.toLowerCase();
  const has = (text: string | null): boolean => text !== null && text.toLowerCase().includes(needle);
  const wanted = questions.filter(
    (question) =>
      (benchmark === null || question.benchmark === benchmark) &&
      (evaluation === null || question.evaluation === evaluation) &&
      (category === null || question.category === category) &&
      (outcome === null || outcomes[outcome](question.answers)) &&
      (needle === '' || [question.question, question.itemId, question.category, question.expected].some(has) || question.answers.some(({ answer }) => has(answer))),
  );
  return sort === null ? wanted : sorted(wanted, orders[sort], together(questions));
}

const outcomes: Readonly<Record<NonNullable<AnswerFilter['outcome']>, (answers: readonly AnswerDigest[]) => boolean>> = {
  right: (answers) => rightAnswers(answers) === answers.length,
  wrong: (answers) => rightAnswers(answers) === 0,
  some: (answers) => rightAnswers(answers) > 0 && rightAnswers(answers) < answers.length,
  missing: (answers) => answers.some(({ answer, finishReason }) => answer === null && finishReason !== null),
  truncated: (answers) => answers.some(({ finishReason }) => finishReason === 'length'),
  unasked: (answers) => answers.some(({ finishReason }) => finishReason === null),
};

/** What a list is sorted by, of one question in all evaluations: the smaller first; null leaves it out. */
type Order = (asked: readonly IndexedQuestion[]) => number | null;

const shareRight = (answers: readonly AnswerDigest[]): number => rightAnswers(answers) / answers.length;

const orders: Readonly<Record<NonNullable<AnswerFilter['sort']>, Order>> = {
  hardest: (asked) => shareRight(asked.flatMap(({ answers }) => answers)),
  strangest(asked) {
    const counts = new Map<string, number>();
    for (const { answer, correct } of asked.flatMap(({ answers }) => answers)) if (!correct && answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    const most = Math.max(0, ...counts.values());
    return most < 2 ? null : -most;
  },
  differing(asked) {
    const shares = asked.map(({ answers }) => shareRight(answers));
    const difference = Math.max(...shares) - Math.min(...shares);
    return difference === 0 ? null : -difference;
  },
};

function together(questions: readonly IndexedQuestion[]): ReadonlyMap<string, readonly IndexedQuestion[]> {
  const found = new Map<string, IndexedQuestion[]>();
  for (const question of questions) {
    const of = found.get(questionKey(question));
    if (of === undefined) found.set(questionKey(question), [question]);
    else of.push(question);
  }
  return found;
}

/** Equal ones stay in order, the same question of several evaluations together. */
function sorted(wanted: readonly IndexedQuestion[], order: Order, asked: ReadonlyMap<string, readonly IndexedQuestion[]>): IndexedQuestion[] {
  const places = new Map<string, { readonly value: number | null; readonly place: number }>();
  const placeOf = (question: IndexedQuestion) => {
    const key = questionKey(question);
    const known = places.get(key) ?? { value: order(asked.get(key)!), place: places.size };
    places.set(key, known);
    return known;
  };
  return wanted
    .flatMap((question) => {
      const { value, place } = placeOf(question);
      return value === null ? [] : [{ question, value, place }];
    })
    .sort((a, b) => a.value - b.value || a.place - b.place)
    .map(({ question }) => question);
}
