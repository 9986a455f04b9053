/**
 * Final answers of responses. In: the decoded response. Out: the text in the last `\mask{...}` or `\boxed{...}`, or null
 * where there is none. Any text is accepted; the time is linear in its length.
 */

export type AnswerCommand = 'mask' | 'boxed';

export interface ParsedAnswer {
  /** After the whitespace rule; empty where the braces hold only white space. */
  readonly answer: string;
  /** UTF-16 offset in the response of the answer's first character, white space around it left out. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** Finds a role's answer in a response; null where there is none. */
export type ParseAnswer = (text: string, command: AnswerCommand) => ParsedAnswer | null;

/**
 * The whitespace rule, the only liberty that exact match takes: Unicode NFC, every run of white space (as `\s`) is one
 * space, none at the ends. Case, punctuation and everything else count.
 */
export function normaliseAnswer(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** What braces are told by: a command with its own, an escaped one, any other. */
const pieces: Readonly<Record<AnswerCommand, RegExp>> = { mask: /\\mask\s*\{|\\[{}]|[{}]/g, boxed: /\\boxed\s*\{|\\[{}]|[{}]/g };

/**
 * The last `\command{...}` of the text whose braces balance; of nested ones the last begun. A brace directly after a
 * backslash is text (`\{` stands for `{`) and does not nest; white space may stand before the opening brace. An unclosed
 * command, as a truncated response leaves it, does not count.
 */
export function parseLastBraced(text: string, command: AnswerCommand): ParsedAnswer | null {
  const open: (number | null)[] = []; // start of the content for the command's brace, null for any other
  let last: { start: number; end: number } | null = null;
  for (const { 0: token, index } of text.matchAll(pieces[command])) {
    if (token === '{') open.push(null);
    else if (token === '}') {
      const start = open.pop() ?? null;
      if (start !== null && start > (last?.start ?? -1)) last = { start, end: index };
    } else if (token.length > 2) open.push(index + token.length);
  }
  return last === null ? null : trimmed(text, last.start, last.end);
}

/** The text that `parseLastBraced` reads back as `answer`: braces escaped. (An answer that ends in a backslash is not read back.) */
export function writeBraced(answer: string, command: AnswerCommand): string {
  return `\\${command}{${answer.replace(/[{}]/g, '\\$&')}}`;
}

function trimmed(text: string, start: number, end: number): ParsedAnswer {
  const content = text.slice(start, end);
  const inner = content.trim();
  const from = inner === '' ? start : start + content.indexOf(inner);
  return { answer: normaliseAnswer(inner.replace(/\\([{}])/g, '$1')), start: from, end: from + inner.length };
}
