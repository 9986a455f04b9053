import type { DeadLetter } from '../../schemas/records/dead-letter.ts';

/** Where operators put what they give up; the step's commit writes it. */
export type DeadLetterSink = (letter: DeadLetter) => void;
