/**
 * Answers in LaTeX or plain notation as trees. In: a cleaned answer without its unit. Out: its structure, or null where it is not one that can be read; its bounds (length, depth) keep the
 * time short whatever a model writes. Pure.
 */
import type { AnswerNode, RelationSign } from './answer-node.ts';
import { ExpressionParser } from './parse-expression.ts';
import { Scanner } from './scanner.ts';
import { Unreadable } from './unreadable.ts';

const maxLength = 2000; // characters
const maxDepth = 40;

/** @param commas whether a comma between digits separates values, or groups the digits of one (`1,234`) */
export function parseAnswerNode(text: string, commas: 'separate' | 'group'): AnswerNode | null {
  if (text.length > maxLength || text === '') return null;
  const grouped = commas === 'group' ? withoutGrouping(text) : text;
  try {
    const parser = new StructureParser(new Scanner(grouped), 0);
    const node = parser.list();
    return parser.atEnd ? node : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** Digits grouped by commas or spaces, outside brackets. */
function withoutGrouping(text: string): string {
  return text.replace(/(?<![\d.(\[{,])(\d{1,3})((?:,\d{3})+|(?: \d{3})+)(?![\d,])/g, (whole, first: string, rest: string, at: number) =>
    insideBrackets(text, at) ? whole : first + rest.replace(/[, ]/g, ''),
  );
}

function insideBrackets(text: string, at: number): boolean {
  let depth = 0;
  for (const character of text.slice(0, at)) depth += '([{'.includes(character) ? 1 : ')]}'.includes(character) ? -1 : 0;
  return depth > 0 && !/\\(?:frac|sqrt|text)[^()[\]]*$/.test(text.slice(0, at));
}

const relationSigns: readonly (readonly [string, RelationSign])[] = [
  ['\\le', '<='],
  ['\\ge', '>='],
  ['\\ne', '!='],
  ['\\lt', '<'],
  ['\\gt', '>'],
  ['\\in', 'in'],
  ['\\approx', '='],
  ['\\to', '='],
  ['<=', '<='],
  ['>=', '>='],
  ['!=', '!='],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
];
const setOperators: readonly (readonly [string, 'union' | 'intersection' | 'without'])[] = [
  ['\\cup', 'union'],
  ['\\cap', 'intersection'],
  ['\\setminus', 'without'],
];

/** Lists of relations of combinations of expressions; brackets within are parsed by another of its kind. */
class StructureParser {
  readonly #scanner: Scanner;
  readonly #expressions: ExpressionParser;

  constructor(scanner: Scanner, depth: number) {
    if (depth > maxDepth) throw new Unreadable();
    this.#scanner = scanner;
    this.#expressions = new ExpressionParser(scanner, (inner) => StructureParser.whole(inner, depth + 1));
  }

  static whole(text: string, depth: number): AnswerNode {
    const parser = new StructureParser(new Scanner(text), depth);
    const node = parser.list();
    if (!parser.atEnd) throw new Unreadable();
    return node;
  }

  get atEnd(): boolean {
    return this.#scanner.atEnd;
  }

  list(): AnswerNode {
    const items = [this.#relation()];
    while (this.#scanner.take(',') || this.#scanner.take(';') || this.#scanner.takeMatch(/(?:and|or)\b/y) !== null) {
      while (this.#scanner.take(',')); // `1, 2, and 3`
      this.#scanner.takeMatch(/(?:and|or)\b/y);
      items.push(this.#relation());
    }
    return items.length === 1 ? items[0]! : { kind: 'list', items };
  }

  #relation(): AnswerNode {
    const parts = [this.#combination()];
    const signs: RelationSign[] = [];
    for (let sign = this.#takeOf(relationSigns); sign !== null; sign = this.#takeOf(relationSigns)) {
      signs.push(sign);
      parts.push(this.#combination());
    }
    return signs.length === 0 ? parts[0]! : { kind: 'relation', signs, parts };
  }

  #combination(): AnswerNode {
    let node = this.#expressions.sum();
    for (let operator = this.#takeOf(setOperators); operator !== null; operator = this.#takeOf(setOperators)) {
      const right = this.#expressions.sum();
      const same = node.kind === 'combination' && node.operator === operator ? node.parts : [node];
      node = { kind: 'combination', operator, parts: [...same, right] };
    }
    return node;
  }

  #takeOf<T>(tokens: readonly (readonly [string, T])[]): T | null {
    return tokens.find(([token]) => this.#scanner.take(token))?.[1] ?? null;
  }
}
