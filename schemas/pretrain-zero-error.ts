import { errorCodes, type ErrorCode } from './error-codes.ts';

/** Where something went wrong; whatever is known of it. */
export interface ErrorPlace {
  readonly file?: string;
  readonly page?: string;
  readonly byteOffset?: number;
  readonly line?: number;
  readonly key?: string;
  readonly id?: string;
}

/**
 * The one error class. `message` says what was wrong and where; `remedy` what to do.
 * A command prints both and no stack trace.
 */
export class PretrainZeroError extends Error {
  override readonly name = 'PretrainZeroError';
  readonly code: ErrorCode;
  readonly place: ErrorPlace;

  constructor(code: ErrorCode, what: string, place: ErrorPlace = {}, cause?: unknown) {
    super(withPlace(what, place), cause === undefined ? undefined : { cause });
    this.code = code;
    this.place = place;
  }

  get remedy(): string {
    return errorCodes[this.code];
  }
}

function withPlace(what: string, place: ErrorPlace): string {
  const parts = [
    place.file,
    place.line === undefined ? undefined : `line ${place.line}`,
    place.page === undefined ? undefined : `page "${place.page}"`,
    place.byteOffset === undefined ? undefined : `byte ${place.byteOffset}`,
    place.key,
    place.id,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? what : `${what} (${parts.join(', ')})`;
}
