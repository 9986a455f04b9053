/** In: an answer as somebody wrote it. Out: the same without what is only dress: math delimiters, `\boxed`, sizes, thin spaces, spellings of one and the same sign. Pure; linear in its length. */

type Spelling = string | ((found: string, ...groups: (string | undefined)[]) => string);

const signs: readonly (readonly [RegExp, Spelling])[] = [
  [/[−–]/g, '-'],
  [/[×✕]/g, '\\times '],
  [/[·⋅]/g, '\\cdot '],
  [/÷/g, '/'],
  [/π/g, '\\pi '],
  [/√/g, '\\sqrt '],
  [/∞/g, '\\infty '],
  [/≤|⩽/g, '\\le '],
  [/≥|⩾/g, '\\ge '],
  [/≠/g, '\\ne '],
  [/∪/g, '\\cup '],
  [/∩/g, '\\cap '],
  [/∈/g, '\\in '],
  [/±/g, '\\pm '],
  [/∅/g, '\\emptyset '],
  [/²/g, '^2'],
  [/³/g, '^3'],
  [/½/g, '\\frac{1}{2}'],
  [/¼/g, '\\frac{1}{4}'],
  [/¾/g, '\\frac{3}{4}'],
  [/\*\*/g, '^'],
  [/\^\s*\{?\s*\\circ\s*\}?|\\degree\b|\\deg\b/g, '°'],
  [/\\[dtc]frac/g, '\\frac'],
  [/\\(?:left|right|displaystyle|textstyle|limits|bigl|bigr|Bigl|Bigr|big|Big|bigg|Bigg|middle)(?![a-zA-Z])\.?/g, ''],
  [/\\lbrace(?![a-zA-Z])/g, '\\{'],
  [/\\rbrace(?![a-zA-Z])/g, '\\}'],
  [/\\l?vert(?![a-zA-Z])|\\rvert(?![a-zA-Z])|\\mid(?![a-zA-Z])/g, '|'],
  [/\\(?:leq|leqslant)(?![a-zA-Z])/g, '\\le '],
  [/\\(?:geq|geqslant)(?![a-zA-Z])/g, '\\ge '],
  [/\\neq(?![a-zA-Z])/g, '\\ne '],
  [/\\(?:operatorname\*?|mathop)\s*\{\s*([a-zA-Z]+)\s*\}/g, '\\$1 '],
  [/\\(?:text|textbf|textit|textrm|textnormal|mbox|mathrm|mathbf|mathit|mathsf|rm|bf)(?=\s*\{)/g, '\\text'],
  [/\\text\s*\{\s*(?:and|or)\s*\}/g, ' , '],
  [/^\\text\s*\{\s*(\(?\s*(?:[A-Z]|-?\d[\d.,/]*)\s*\)?)\s*\}$/, '$1'], // the letter of an option, a number
  [/\^\s*(?:\\prime(?![a-zA-Z])|\{((?:\s*\\prime(?![a-zA-Z]))+)\s*\})/g, (_, several?: string) => "'".repeat(several?.split('\\prime').length ?? 2).slice(1)],
  [/\^(\{[^{}]*\}|\w)\s*_(\{[^{}]*\}|\w)/g, '_$2^$1'],
  [/(?<!\\)\\[,;:! ]|\\q?quad(?![a-zA-Z])|~/g, ' '],
  [/\{,\}/g, ','],
  [/\\\$/g, '$'],
  [/\\%/g, '%'],
  [/\\#/g, '#'],
];

export function cleanLatex(answer: string): string {
  let text = answer.normalize('NFC').replace(/,\\!/g, ',').trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = withoutWrapper(text.replace(/[.;,\s]+$/, '')).trim();
  }
  text = withoutDelimiters(text);
  for (const [pattern, sign] of signs) text = typeof sign === 'string' ? text.replace(pattern, sign) : text.replace(pattern, sign);
  return text.replace(/\s+/g, ' ').trim();
}

/** Several formulas, each between its own dollars: `$2$, $3$`. */
function withoutDelimiters(text: string): string {
  const dollars = text.match(/(?<!\\)\$/g)?.length ?? 0;
  return dollars > 0 && dollars % 2 === 0 ? text.replace(/(?<!\\)\$/g, ' ') : text;
}

const wrappers: readonly RegExp[] = [
  /^\$\$([^$]*)\$\$$/,
  /^\$([^$]*)\$$/,
  /^\\\(([\s\S]*)\\\)$/,
  /^\\\[([\s\S]*)\\\]$/,
  /^\*\*([^*]*)\*\*$/,
  /^`([^`]*)`$/,
];

function withoutWrapper(text: string): string {
  for (const wrapper of wrappers) {
    const inner = wrapper.exec(text)?.[1];
    if (inner !== undefined && inner.trim() !== '') return inner;
  }
  const command = /^\\(?:boxed|fbox)\s*\{/.exec(text)?.[0];
  return command !== undefined && closesAtEnd(text, command.length - 1) ? text.slice(command.length, -1) : text;
}

/** Whether the brace that opens at `open` closes at the end of the text. */
export function closesAtEnd(text: string, open: number): boolean {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at === text.length - 1;
  }
  return false;
}
