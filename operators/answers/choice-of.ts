/**
 * Multiple choice. In: an answer, and the options where they are known. Out: the letter that it chooses, A to Z in upper case, or null: `B`, `(b)`, `\boxed{B}`, `\text{(B)}`, `B.`,
 * `B) the text`, `option B`, or the text of one option alone. Pure.
 */
import { cleanLatex } from './clean-latex.ts';
import { isSameText } from './same-text.ts';

export function choiceOf(answer: string, options: readonly string[] = []): string | null {
  const text = cleanLatex(answer).replace(/\\text\s*\{([^{}]*)\}/g, '$1').replace(/[*{}]/g, '').trim();
  const named = /^(?:(?:the\s+)?(?:correct\s+|final\s+|best\s+)?(?:answer|option|choice)\s*(?:is)?\s*:?\s*)?[([]?\s*([A-Za-z])\s*(?:[)\]]?\s*[.:]?|[)\].:]\s.*)$/i.exec(text);
  const letter = named?.[1]?.toUpperCase();
  if (letter !== undefined && (options.length === 0 || letter.charCodeAt(0) - 65 < options.length)) return letter;
  const matching = options.flatMap((option, i) => (isSameText(option, text) || isSameText(option, answer) ? [i] : []));
  return matching.length === 1 ? String.fromCharCode(65 + matching[0]!) : null;
}
