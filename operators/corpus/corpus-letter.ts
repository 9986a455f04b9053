/** In: what could not be used of a corpus, and where it stands. Out: its dead letter. */
import type { ErrorCode } from '../../schemas/error-codes.ts';
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';

export interface CorpusFault {
  readonly code: ErrorCode;
  readonly message: string;
  readonly file: string;
  readonly pageId?: string | null;
  readonly byteOffset: number;
}

export function corpusLetter(fault: CorpusFault): DeadLetter {
  const page = fault.pageId ?? null;
  const place = [fault.file, ...(page === null ? [] : [`page ${page}`]), `byte ${fault.byteOffset}`].join(', ');
  return {
    stage: 'corpus',
    code: fault.code,
    message: `${fault.message} (${place})`,
    role: null,
    recordId: null,
    step: null,
    file: fault.file,
    pageId: page,
    byteOffset: fault.byteOffset,
  };
}
