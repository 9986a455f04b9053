/** What is asked of a list of a benchmark's questions; all of it is optional, and what is not given leaves nothing out. */

export const answerOutcomes = ['right', 'wrong', 'some', 'missing', 'truncated', 'unasked'] as const;
export const answerSorts = ['hardest', 'strangest', 'differing'] as const;

export interface AnswerFilter {
  /** Name and version of the benchmark. */
  readonly benchmark: string | null;
  /** Name of the evaluation. */
  readonly evaluation: string | null;
  readonly category: string | null;
  /**
   * `right`, `wrong`: every answer is; `some`: some are right, not all; `missing`: in some response no answer was found; `truncated`: some response was cut off; `unasked`: the prompt was too
   * long.
   */
  readonly outcome: (typeof answerOutcomes)[number] | null;
  /** Part of the question, its id, category, right answer, or of an answer, without regard to case. */
  readonly text: string;
  /** Null: in the order of the benchmark. */
  readonly sort: (typeof answerSorts)[number] | null;
}

export const noAnswerFilter: AnswerFilter = { benchmark: null, evaluation: null, category: null, outcome: null, text: '', sort: null };
