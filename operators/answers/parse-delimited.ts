/**
 * What begins and ends with a sign of its own: braces, brackets, bars, sets, matrices. In: a scanner, and what parses the text between. Out: the tree, the scanner after it; null where nothing of the kind begins here;
 * throws `Unreadable` where it does not end.
 */
import type { AnswerNode } from './answer-node.ts';
import type { Scanner } from './scanner.ts';
import { Unreadable } from './unreadable.ts';

/** Parses a whole text as an answer, one level further in. */
export type ParseWithin = (text: string) => AnswerNode;

export function parseDelimited(scanner: Scanner, within: ParseWithin): AnswerNode | null {
  if (scanner.peek() === '{') return within(due(scanner.takeBraced()));
  if (scanner.take('(')) return bracketed(scanner, '(', within);
  if (scanner.take('[')) return bracketed(scanner, '[', within);
  if (scanner.take('|')) return absolute(scanner, within);
  if (scanner.take('\\{')) return set(scanner, within);
  return scanner.take('\\begin') ? matrix(scanner, within) : null;
}

function due(text: string | null): string {
  if (text === null) throw new Unreadable();
  return text;
}

/** Brackets around one value are only brackets; around several, a tuple or interval. */
function bracketed(scanner: Scanner, open: '(' | '[', within: ParseWithin): AnswerNode {
  const node = within(untilClosing(scanner));
  const close = scanner.take(')') ? ')' : scanner.mustTake(']');
  if (node.kind === 'list') return { kind: 'tuple', open, close, items: node.items };
  if (open === '(' && close === ')') return node;
  return { kind: 'tuple', open, close, items: [node] };
}

function untilClosing(scanner: Scanner): string {
  const text = scanner.takeMatch(/[\s\S]*/y) ?? '';
  let depth = 1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '\\') at++;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) {
      scanner.moveTo(scanner.at - text.length + at);
      return text.slice(0, at);
    }
  }
  throw new Unreadable();
}

function absolute(scanner: Scanner, within: ParseWithin): AnswerNode {
  const inner = due(scanner.takeMatch(/[^|]+/y));
  scanner.mustTake('|');
  return { kind: 'call', name: 'abs', of: [within(inner)] };
}

function set(scanner: Scanner, within: ParseWithin): AnswerNode {
  if (scanner.take('\\}')) return { kind: 'set', items: [] };
  const inner = due(scanner.takeMatch(/(?:(?!\\\}).)*(?=\\\})/y));
  scanner.mustTake('\\}');
  const node = within(inner);
  return { kind: 'set', items: node.kind === 'list' ? node.items : [node] };
}

function matrix(scanner: Scanner, within: ParseWithin): AnswerNode {
  const name = scanner.takeBraced() ?? '';
  const body = scanner.takeMatch(/(?:(?!\\end)[\s\S])*/y);
  if (!/^[pbvB]?matrix\*?$|^array$|^cases$/.test(name) || body === null || !scanner.take('\\end') || scanner.takeBraced() !== name) throw new Unreadable();
  const rows = body.replace(/^\s*\{[lcr| ]*\}/, '').split('\\\\').filter((row) => row.trim() !== '');
  return { kind: 'matrix', rows: rows.map((row) => row.split('&').map((cell) => within(cell.trim()))) };
}
