/**
 * File name patterns: `*`, `**`, `?`, `[abc]`, `{a,b}`. In: a pattern with `/` between folders. Out: the folder it begins in, and a test for paths. Never throws;
 * brackets without partner stand for themselves.
 */
export interface Glob {
  /** The part before the first wildcard, up to its last `/`; empty for the current folder. */
  readonly base: string;
  matches(path: string): boolean;
}

export function isGlob(pattern: string): boolean {
  return /[*?{]|\[.+\]/.test(pattern);
}

export function parseGlob(pattern: string): Glob {
  const wildcard = /[*?{]|\[.+\]/.exec(pattern);
  const fixed = wildcard === null ? pattern : pattern.slice(0, wildcard.index);
  const base = fixed.slice(0, fixed.lastIndexOf('/') + 1);
  const expression = new RegExp(`^${toExpression(pattern)}$`, 'u');
  return { base, matches: (path) => expression.test(path) };
}

function toExpression(pattern: string): string {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!;
    if (pattern.startsWith('**/', i)) {
      out += '(?:[^/]+/)*';
      i += 2;
    } else if (pattern.startsWith('**', i)) {
      out += '.*';
      i++;
    } else if (character === '*') out += '[^/]*';
    else if (character === '?') out += '[^/]';
    else if (character === '[' && pattern.indexOf(']', i) > i + 1) {
      const end = pattern.indexOf(']', i);
      const set = pattern.slice(i + 1, end).replace(/^[!^]/, '^').replace(/[\\[\]]/g, '\\$&');
      out += `(?!/)[${set}]`;
      i = end;
    } else if (character === '{' && pattern.indexOf('}', i) > i) {
      const end = pattern.indexOf('}', i);
      out += `(?:${pattern.slice(i + 1, end).split(',').map(toExpression).join('|')})`;
      i = end;
    } else out += character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return out;
}
