import type { DeliveredMessage } from '../../../operators/ports/message-bus.ts';
import type { ErrorCode } from '../../../schemas/error-codes.ts';
import type { RefusalCause } from '../../../schemas/records/unreadable-message.ts';

/** Messages that could not be used, and why: one, or the parts of one that came. */
export interface Refusal {
  readonly cause: RefusalCause;
  readonly code: ErrorCode;
  /** What was wrong and where. */
  readonly message: string;
  readonly messages: readonly DeliveredMessage[];
}
