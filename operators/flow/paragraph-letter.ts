/** In: what went wrong with a paragraph or one of its rollouts. Out: the dead letter, with the paragraph's origin. */
import type { ErrorCode } from '../../schemas/error-codes.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';

export interface LetterCause {
  readonly stage: string;
  readonly code: ErrorCode;
  readonly message: string;
  /** The rollout given up; without it, the paragraph itself was. */
  readonly rollout?: { readonly role: NonNullable<DeadLetter['role']>; readonly id: string };
}

export function paragraphLetter(paragraph: Paragraph, cause: LetterCause): DeadLetter {
  return {
    stage: cause.stage,
    code: cause.code,
    message: cause.message,
    role: cause.rollout?.role ?? null,
    recordId: cause.rollout?.id ?? paragraph.id,
    step: paragraph.step,
    file: paragraph.file,
    pageId: paragraph.pageId,
    byteOffset: paragraph.byteOffset,
  };
}
