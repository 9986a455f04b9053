/**
 * Texts that must never be trained on. In: held-out texts. Out: a test for equality with one of them, whatever the case, spaces and punctuation.
 * Memory: 22 bytes or so a text. Fails with INPUT_MALFORMED, naming file and line, on a line without a text.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export class ExcludedTexts {
  readonly #digests = new Set<string>();

  constructor(texts: Iterable<string>) {
    for (const text of texts) {
      const key = digestOf(text);
      if (key !== null) this.#digests.add(key);
    }
  }

  has(text: string): boolean {
    if (this.#digests.size === 0) return false;
    const key = digestOf(text);
    return key !== null && this.#digests.has(key);
  }
}

/** Letters and digits alone, lower case; null for a text without any. */
function digestOf(text: string): string | null {
  const key = text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return key === '' ? null : createHash('sha256').update(key).digest('base64').slice(0, 22);
}

const row = z.object({ text: z.string() });

/** The texts of `corpus.exclude`: JSON Lines whose objects have a `text`. @param file named in errors. */
export function parseExcludedTexts(jsonl: string, file: string): string[] {
  return jsonl.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [row.parse(JSON.parse(line)).text];
    } catch (cause) {
      throw new PretrainZeroError('INPUT_MALFORMED', 'not a JSON object with a text', { file, line: index + 1 }, cause);
    }
  });
}
