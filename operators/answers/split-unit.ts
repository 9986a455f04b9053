/**
 * The unit of an answer. In: a cleaned answer. Out: what stands before (or after) the unit, and the unit in one spelling; null where there is none. A unit is a currency sign, a degree
 * or percent sign at the end, the base of a numeral (`101_2`), upright text after a value, or plain words after a number. Pure.
 */

export interface Measured {
  readonly value: string;
  readonly unit: string | null;
}

const synonyms: readonly (readonly [string, readonly string[]])[] = [
  ['°', ['degree', '\\circ']],
  ['$', ['dollar', 'usd', 'us$']],
  ['cent', ['¢']],
  ['mm', ['millimeter', 'millimetre']],
  ['cm', ['centimeter', 'centimetre']],
  ['m', ['meter', 'metre']],
  ['km', ['kilometer', 'kilometre']],
  ['in', ['inch', 'inche', '"']],
  ['ft', ['foot', 'feet']],
  ['mi', ['mile']],
  ['g', ['gram', 'gm']],
  ['kg', ['kilogram', 'kilo']],
  ['lb', ['pound']],
  ['oz', ['ounce']],
  ['l', ['liter', 'litre']],
  ['ml', ['milliliter', 'millilitre']],
  ['s', ['sec', 'second']],
  ['min', ['minute']],
  ['h', ['hr', 'hour']],
  ['mph', ['mile per hour', 'miles per hour', 'mi/h']],
  ['unit', ['square unit', 'cubic unit']],
];
const canonical = new Map(synonyms.flatMap(([name, others]) => [name, ...others].map((other) => [other, name] as const)));

/** Words that are no unit where they follow a value: they join values or say what holds of them. */
const connectives = /^(?:and|or|if|is|are|to|for|mod|where|when|with|not|than)\b/i;
const functionNames = /^(?:sin|cos|tan|cot|sec|csc|log|ln|lg|exp|sqrt|pi|arcsin|arccos|arctan|sinh|cosh|tanh|infinity|union)\b/i;

/** Their argument is an angle: the degree sign is no unit of the whole. */
const angleFunction = /(?:sin|cos|tan|cot|sec|csc)/;

export function splitUnit(answer: string): Measured {
  const currency = /^(?:[a-zA-Z]\s*=\s*)?(-?)(?:\$|£|€|\\pounds\s*)\s*(?=[\d.\\])(.+)$/.exec(answer);
  if (currency !== null) return { value: `${currency[1]!}${currency[2]!}`, unit: /[£€]|pounds/.test(answer) ? '£' : '$' };
  const numeral = /^(?:[a-zA-Z]\s*=\s*)?([0-9A-Fa-f]+)_\s*(?:\{\s*(?:\\text\{)?\s*(\w+)\s*\}?\}|(\d))$/.exec(answer);
  if (numeral !== null && /\d/.test(numeral[1]!)) return { value: numeral[1]!, unit: `base ${(numeral[2] ?? numeral[3])!}` };
  const upright = /^(.*[^\s\\])\s*((?:\/\s*)?\\text\s*\{[^{}]*\}(?:\s*\^\s*\{?-?\d\}?)?(?:\s*(?:\/|\\cdot)?\s*\\text\s*\{[^{}]*\}(?:\s*\^\s*\{?-?\d\}?)?)*)$/.exec(answer);
  if (upright !== null && endsAsValue(upright[1]!)) {
    const degrees = upright[1]!.endsWith('°') ? '°' : '';
    return measured(upright[1]!.slice(0, upright[1]!.length - degrees.length), degrees + upright[2]!.replace(/\\text\s*\{([^{}]*)\}/g, '$1').trim(), answer);
  }
  const sign = /^(.*[\d})\]])\s*(°|\$|¢|")$/.exec(answer);
  if (sign !== null && !(sign[2] === '°' && angleFunction.test(sign[1]!))) return measured(sign[1]!, sign[2]!, answer);
  const words = /^(.*[\d})\]])\s*((?:[A-Za-z]{2,}|(?<= )[A-Za-z](?=\s*\/))(?:[ .]+[A-Za-z]+)*(?:\s*\/\s*[A-Za-z]+)?(?:\s*\^\s*\{?-?\d\}?)?)$/.exec(answer);
  if (words !== null && (words[2]!.length > 2 || canonical.has(words[2]!.toLowerCase()))) return measured(words[1]!, words[2]!, answer);
  const single = /^([\d.,]+)\s+(m|g|s|h|l|L|J|N|W|V|K|C)$/.exec(answer); // a space apart: `5 m`, not `5m`
  return single === null ? { value: answer, unit: null } : measured(single[1]!, single[2]!, answer);
}

function endsAsValue(value: string): boolean {
  return !/[=<>,(+\-*/^_[]$/.test(value.trim());
}

function measured(value: string, words: string, whole: string): Measured {
  const unit = words.trim();
  if (connectives.test(unit) || functionNames.test(unit)) return { value: whole, unit: null };
  return { value: value.trim(), unit: canonicalUnit(unit) };
}

/** Of `miles per hour` and `cm^2` too: each of their words in one spelling, singular, in lower case. */
export function canonicalUnit(unit: string): string {
  const flat = unit.toLowerCase().replace(/[{}.]/g, '').replace(/\s*([/^])\s*/g, '$1').replace(/\s+/g, ' ').trim();
  const singular = (word: string): string => canonical.get(word) ?? canonical.get(word.replace(/s$/, '')) ?? (word.length > 3 ? word.replace(/s$/, '') : word);
  const squared = flat.replace(/^(?:square|sq) (\w+)$/, (_, word: string) => `${singular(word)}^2`).replace(/^cubic (\w+)$/, (_, word: string) => `${singular(word)}^3`);
  return canonical.get(flat) ?? squared.split(/(\/|\^| )/).map(singular).join('');
}
