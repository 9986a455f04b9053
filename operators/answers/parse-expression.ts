/** Expressions: sums, products (also by standing side by side), powers, functions. In: a scanner at an expression. Out: its tree, the scanner after it; throws `Unreadable` where there is none. */
import type { AnswerNode } from './answer-node.ts';
import { unaryFunctions } from './functions.ts';
import { half, numberNode, signedNode, times, withoutSquare } from './expression-nodes.ts';
import { parseDelimited, type ParseWithin } from './parse-delimited.ts';
import { parseNumeral } from './parse-numeral.ts';
import type { Scanner } from './scanner.ts';
import { Unreadable } from './unreadable.ts';

const functionNames = [...Object.keys(unaryFunctions).filter((name) => !['degrees', 'factorial', 'abs', 'floor', 'ceil'].includes(name)), 'max', 'min'].sort((a, b) => b.length - a.length);
const plainFunction = new RegExp(`(?:${functionNames.join('|')}|sqrt|pi)(?![a-zA-Z])`, 'y');
const greek = /\\(?:alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Sigma|Phi|Psi|Omega|ell|hbar)(?![a-zA-Z])/y;

const dresses = ['\\overline', '\\vec', '\\hat', '\\bar', '\\overrightarrow', '\\dot', '\\ddot', '\\tilde', '\\mathcal'];

/** Words, not products of two variables. */
const wordsOfTwo = /^(?:no|on|or|if|is|it|in|at|to|of|by|up|so|do|go|we|us|an|am|as|be|he|me|my)$/i;

export class ExpressionParser {
  readonly #scanner: Scanner;
  readonly #within: ParseWithin;

  constructor(scanner: Scanner, within: ParseWithin) {
    this.#scanner = scanner;
    this.#within = within;
  }

  sum(): AnswerNode {
    let node = this.#signed(() => this.#product());
    for (;;) {
      const sign = this.#takeSign();
      if (sign === null) return node;
      node = { kind: 'operation', operator: '+', left: node, right: signedNode(sign, this.#signed(() => this.#product())) };
    }
  }

  /** Any signs before a term. */
  #signed(term: () => AnswerNode): AnswerNode {
    const sign = this.#takeSign();
    return sign === null ? term() : signedNode(sign, this.#signed(term));
  }

  #takeSign(): string | null {
    return ['+', '-', '\\pm', '\\mp'].find((sign) => this.#scanner.take(sign)) ?? null;
  }

  #product(): AnswerNode {
    let node = this.#power();
    for (;;) {
      if (this.#scanner.take('\\cdot') || this.#scanner.take('\\times') || this.#scanner.take('*')) node = times(node, this.#signed(() => this.#power()));
      else if (this.#scanner.take('/') || this.#scanner.take('\\div')) node = { kind: 'operation', operator: '/', left: node, right: this.#signed(() => this.#power()) };
      else if (this.#startsFactor()) node = this.#beside(node);
      else return node;
    }
  }

  /** Side by side means times, but for numbers: `2 3` is nothing. */
  #beside(left: AnswerNode): AnswerNode {
    if (left.kind === 'number' && /[\d.]/.test(this.#scanner.peek())) throw new Unreadable();
    return times(left, this.#power());
  }

  /** Whether what follows is multiplied by standing there. */
  #startsFactor(): boolean {
    const next = this.#scanner.peek();
    if (/[0-9a-zA-Z({|.]/.test(next)) return !/^(?:and|or)$/.test(this.#peekWord());
    if (next === '[') return true;
    if (next !== '\\') return false;
    return !['\\le', '\\ge', '\\ne', '\\lt', '\\gt', '\\in', '\\approx', '\\to', '\\cup', '\\cap', '\\setminus', '\\pm', '\\mp', '\\cdot', '\\times', '\\div', '\\}', '\\\\', '\\end', '\\rfloor', '\\rceil', '\\rangle'].some((token) => this.#scanner.sees(token));
  }

  #peekWord(): string {
    const at = this.#scanner.at;
    const word = this.#scanner.takeMatch(/[a-zA-Z]+/y) ?? '';
    this.#scanner.moveTo(at);
    return word;
  }

  #power(): AnswerNode {
    let node = this.#postfix(this.#primary());
    while (this.#scanner.take('^')) node = this.#postfix({ kind: 'operation', operator: '^', left: withoutSquare(node), right: this.#argument() });
    return node;
  }

  #postfix(of: AnswerNode): AnswerNode {
    let node = of;
    for (;;) {
      if (this.#scanner.sees('!=')) return node;
      if (this.#scanner.take('!')) node = { kind: 'call', name: 'factorial', of: [node] };
      else if (this.#scanner.take('%')) node = { kind: 'percent', of: node };
      else if (this.#scanner.take('°')) node = { kind: 'call', name: 'degrees', of: [node] };
      else return node;
    }
  }

  /** What a command or `^` takes: braces, or one character or command. */
  #argument(): AnswerNode {
    const braced = this.#scanner.takeBraced();
    if (braced !== null) return this.#within(braced);
    const digit = this.#scanner.takeMatch(/\d/y);
    if (digit !== null) return numberNode(digit);
    return this.#signed(() => this.#primary());
  }

  #primary(): AnswerNode {
    const numeral = parseNumeral(this.#scanner);
    if (numeral !== null) return numeral;
    const delimited = parseDelimited(this.#scanner, this.#within);
    if (delimited !== null) return delimited;
    return this.#scanner.peek() === '\\' ? this.#command() : this.#letters();
  }

  #command(): AnswerNode {
    const scanner = this.#scanner;
    if (scanner.take('\\frac')) return { kind: 'operation', operator: '/', left: this.#argument(), right: this.#argument() };
    if (scanner.take('\\sqrt')) return this.#root();
    if (scanner.take('\\pi')) return { kind: 'constant', name: 'pi' };
    if (scanner.take('\\infty')) return { kind: 'constant', name: 'infinity' };
    if (scanner.take('\\emptyset') || scanner.take('\\varnothing')) return { kind: 'set', items: [] };
    if (scanner.take('\\binom') || scanner.take('\\dbinom') || scanner.take('\\tbinom')) return { kind: 'call', name: 'binomial', of: [this.#argument(), this.#argument()] };
    if (scanner.take('\\lfloor')) return this.#between('floor', '\\rfloor');
    if (scanner.take('\\lceil')) return this.#between('ceil', '\\rceil');
    if (scanner.take('\\text')) return { kind: 'text', text: scanner.takeBraced() ?? '' };
    if (scanner.take('\\mathbb')) return { kind: 'variable', name: `\\mathbb ${scanner.takeBraced() ?? scanner.takeMatch(/[A-Z]/y) ?? ''}` };
    for (const dress of dresses) if (scanner.take(dress)) return { kind: 'variable', name: `${dress} ${this.#dressed()}${this.#subscript()}` };
    const name = functionNames.find((each) => scanner.take(`\\${each}`));
    if (name !== undefined) return this.#called(name);
    const letter = scanner.takeMatch(greek);
    if (letter === null) throw new Unreadable();
    return { kind: 'variable', name: letter + this.#subscript() };
  }

  /** What a dress is put on: braces, a letter or a Greek one. */
  #dressed(): string {
    return (this.#scanner.takeBraced() ?? this.#scanner.takeMatch(greek) ?? this.#scanner.takeMatch(/\w/y) ?? '').trim();
  }

  #root(): AnswerNode {
    const degree = this.#scanner.takeMatch(/\[[^\]]*\]/y);
    const of = this.#argument();
    if (degree === null) return { kind: 'operation', operator: '^', left: of, right: half };
    return { kind: 'call', name: 'root', of: [this.#within(degree.slice(1, -1)), of] };
  }

  #between(name: string, close: string): AnswerNode {
    const of = this.sum();
    this.#scanner.mustTake(close);
    return { kind: 'call', name, of: [of] };
  }

  /** `\sin^2 x`, `\sin^{-1} x`, `\log_2 8`, `\sin 2x`, `\sin(x)`. */
  #called(name: string): AnswerNode {
    const base = name === 'log' && this.#scanner.take('_') ? this.#argument() : null;
    const exponent = this.#scanner.take('^') ? this.#argument() : null;
    const inverse = exponent?.kind === 'negation' && exponent.of.kind === 'number' && exponent.of.value.numerator === 1n && exponent.of.value.denominator === 1n;
    const at = this.#scanner.peek();
    const of = at === '(' || at === '{' ? this.#postfix(this.#primary()) : this.#functionArgument();
    const called: AnswerNode = { kind: 'call', name: inverse ? `arc${name}` : name, of: base === null ? [of] : [base, of] };
    return exponent === null || inverse ? called : { kind: 'operation', operator: '^', left: called, right: exponent };
  }

  /** Factors side by side, up to the next function. */
  #functionArgument(): AnswerNode {
    let node = this.#power();
    while (this.#startsFactor() && !functionNames.some((name) => this.#scanner.sees(`\\${name}`)) && !this.#scanner.sees('(')) node = this.#beside(node);
    return node;
  }

  /** One letter is a variable; a longer word only where it names a function or a constant. */
  #letters(): AnswerNode {
    const named = this.#scanner.takeMatch(plainFunction);
    if (named === 'pi') return { kind: 'constant', name: 'pi' };
    if (named === 'sqrt') return { kind: 'operation', operator: '^', left: this.#argument(), right: half };
    if (named !== null) return this.#called(named);
    const word = this.#peekWord();
    if (word.length > 3 || word === '' || wordsOfTwo.test(word)) throw new Unreadable();
    const letter = this.#scanner.takeMatch(/[a-zA-Z]/y)!;
    if (letter === 'e' || letter === 'i') return { kind: 'constant', name: letter };
    return { kind: 'variable', name: letter + this.#subscript() };
  }

  #subscript(): string {
    const primes = (): string => this.#scanner.takeMatch(/'+/y) ?? '';
    const before = primes();
    if (!this.#scanner.take('_')) return before + this.#atZero();
    const below = (this.#scanner.takeBraced() ?? this.#scanner.takeMatch(greek) ?? this.#scanner.takeMatch(/\w/y) ?? '').replace(/\\text|[{} ]/g, '');
    return `_${below}${before}${primes()}${this.#atZero()}`;
  }

  /** Of `I(0)`: the value of a function, as nobody multiplies by 0 so. */
  #atZero(): string {
    return this.#scanner.takeMatch(/\(\s*0\s*\)/y) === null ? '' : '(0)';
  }
}
