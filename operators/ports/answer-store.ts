/** Where the answers of an evaluation become durable, a batch at a time. */
import type { BenchmarkAnswer } from '../../schemas/records/benchmark-answer.ts';

export interface AnswerStore {
  /** The answers of a batch that was kept before; null where it was not. Errors: LOG_DAMAGED, RECORD_INVALID. */
  read(batch: number): Promise<readonly BenchmarkAnswer[] | null>;
  /** Whole or not at all. Errors: DISK_FULL, NOT_WRITABLE. */
  write(batch: number, answers: readonly BenchmarkAnswer[]): Promise<void>;
  /** What came of all of them: plain JSON, beside the answers. */
  finish(summary: object): Promise<void>;
}
