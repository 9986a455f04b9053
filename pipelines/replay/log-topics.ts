/** Where a run's log lies on topics: what the run itself left there, or what `replay --to kafka` put there. Names without the run's prefix. */
export interface LogTopics {
  /** Scored paragraphs. */
  readonly groups: string;
  /** All else of a step's commit. */
  readonly steps: string;
}

/** Trimmed behind each durable step, where that is allowed. */
export const ownTopics: LogTopics = { groups: 'scored-groups', steps: 'step-commits' };

export const replayedTopics: LogTopics = { groups: 'replayed-groups', steps: 'replayed-steps' };
