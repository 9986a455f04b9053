/**
 * In: an untrusted JSON object. Out: its fields as checked numbers and flags. Wrong: MODEL_INVALID or MODEL_UNSUPPORTED
 * with file and field.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

/** No model has a dimension above this; it keeps products of two within safe integers. */
const largestCount = 2 ** 26;

export class ConfigReader {
  readonly file: string;
  readonly #prefix: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(json: unknown, file: string, prefix = '') {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw new PretrainZeroError('MODEL_INVALID', 'Not a JSON object', prefix === '' ? { file } : { file, key: prefix });
    }
    this.file = file;
    this.#prefix = prefix;
    this.#fields = json as Readonly<Record<string, unknown>>;
  }

  keys(): string[] {
    return Object.keys(this.#fields);
  }

  value(key: string): unknown {
    return Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined;
  }

  /** Whether the field is there and not null. */
  has(key: string): boolean {
    return this.value(key) !== undefined && this.value(key) !== null;
  }

  /** A positive integer. */
  count(key: string): number {
    const count = this.natural(key);
    if (count === 0) throw this.invalid(key, 'it is 0');
    return count;
  }

  /** An integer of 0 or more. */
  natural(key: string): number {
    const value = this.value(key);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > largestCount) {
      throw this.invalid(key, `${shown(value)} is not an integer between 0 and ${largestCount}`);
    }
    return value;
  }

  /** A finite number above 0. @param absent what it is where the file has none; the file must have one where this is not given */
  positive(key: string, absent?: number): number {
    if (absent !== undefined && !this.has(key)) return absent;
    const value = this.value(key);
    if (typeof value !== 'number' || !(value > 0) || !Number.isFinite(value)) {
      throw this.invalid(key, `${shown(value)} is not a number above 0`);
    }
    return value;
  }

  flag(key: string, absent: boolean): boolean {
    if (!this.has(key)) return absent;
    const value = this.value(key);
    if (typeof value !== 'boolean') throw this.invalid(key, `${shown(value)} is not true or false`);
    return value;
  }

  /** One token id, a list of them, or none; each below `vocabularySize`. */
  tokens(key: string, vocabularySize: number): number[] {
    const value = this.value(key);
    if (value === undefined || value === null) return [];
    const ids: unknown[] = Array.isArray(value) ? value : [value];
    return ids.map((id) => {
      if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= vocabularySize) {
        throw this.invalid(key, `${shown(id)} is not a token id below ${vocabularySize}`);
      }
      return id;
    });
  }

  /** An object within; null where there is none. */
  section(key: string): ConfigReader | null {
    return this.has(key) ? new ConfigReader(this.value(key), this.file, this.#path(key)) : null;
  }

  invalid(key: string, why: string): PretrainZeroError {
    return new PretrainZeroError('MODEL_INVALID', `${this.#path(key)}: ${why}`, { file: this.file, key: this.#path(key) });
  }

  unsupported(key: string, why: string): PretrainZeroError {
    return new PretrainZeroError('MODEL_UNSUPPORTED', `${this.#path(key)}: ${why}`, { file: this.file, key: this.#path(key) });
  }

  #path(key: string): string {
    return this.#prefix === '' ? key : `${this.#prefix}.${key}`;
  }
}

/** For messages: the value as JSON, not all of it where it is long. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
}
