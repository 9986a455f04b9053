/**
 * The parameters of a template. In: what stands between its braces, inner templates rendered and protected. Out: name and parameters; a pipe or an equals
 * sign within a link or a protected text separates nothing. Never throws.
 */
export interface TemplateParameters {
  readonly unnamed: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

const pipe = '\uE000'; // private use: in no text
const equals = '\uE001';

/** The text with its pipes and equals signs hidden from `templateParameters`. */
export function protect(text: string): string {
  return text.replaceAll('|', pipe).replaceAll('=', equals);
}

export function unprotect(text: string): string {
  return text.replaceAll(pipe, '|').replaceAll(equals, '=');
}

/** Before the first pipe; lower case, spaces single. */
export function templateName(inner: string): string {
  return /^[^|{[<\n]{0,200}/.exec(inner)![0].replaceAll('_', ' ').trim().toLowerCase();
}

export function templateParameters(inner: string): TemplateParameters {
  const unnamed: string[] = [];
  const named = new Map<string, string>();
  for (const part of inner.replace(/\[\[[^[\]]*\]\]/g, protect).split('|').slice(1)) {
    const key = /^\s*([\w()-]{1,40})\s*=/.exec(part);
    if (key === null) unnamed.push(unprotect(part).trim());
    else named.set(key[1]!.toLowerCase(), unprotect(part.slice(key[0].length)).trim());
  }
  return { unnamed, named };
}

/** Parameter `n`, by place or by number; empty where it is missing. @param n from 1; -1: the last without a name. */
export function positional({ unnamed, named }: TemplateParameters, n: number): string {
  return named.get(`${n}`) ?? unnamed.at(n < 0 ? n : n - 1) ?? '';
}
