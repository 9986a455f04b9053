/**
 * A template within a line, as the words that a reader sees. In: `{{...}}`. Out: its text; nothing where readers see nothing or a
 * note; a hole where it is not known what they see. wtf_wikipedia knows some hundred templates. Never throws; time is bounded by the
 * template's length.
 */
import wtf from 'wtf_wikipedia';
import { hole } from './hole.ts';

const maxLength = 1000; // characters; longer ones are boxes and tables
const maxDepth = 4; // templates within templates

/** Marks and notes: sources, doubts, layout. */
const invisible =
  /^(?:#.*|cite\b.*|citation\b.*|cn|cb|fact|facts|refn?|ref ?label|note(?: ?label)?|notetag|efn(?:-.*)?|sfn\w*|harv\w*|r|rp|who\??|when\??|where\??|which\??|why\??|what\??|how\??|by whom\??|whom\??|according to whom\??|clarify.*|clarification.*|dubious.*|disputed.*|verify.*|verification.*|better source.*|page needed|pages needed|page number.*|volume needed|nonspecific|specify.*|vague|full citation needed|failed verification|unreliable.*|self-published.*|primary source.*|third-party.*|original research.*|or|pov.*|npov.*|neutrality.*|weasel.*|peacock.*|undue.*|synthesis.*|contradict.*|inconsistent.*|examples?(?: needed)?|quantify|dead link|dl|cbignore|update.*|out of date|obsolete.*|needs? update|anchors?|clear|clr|-|toc\b.*|italic ?title|defaultsort.*|displaytitle.*|use .*|short description.*|engvar.*|pp-.*|portal.*|commons.*|wikt.*|wikisource.*|coord missing.*|zwj|zwnj|zwsp|shy|wbr|lrm|rlm|sic\?|inline .*|ambiguous|attribution needed|buzzword|fix.*|importance.*|jargon.*|lead.*|need.*|not in .*|off-topic.*|opinion|relevance.*|tone.*|copyvio.*|scholarly.*|medical citation.*|medrs|mcn|additional citation.*|citation-needed|source\?|source needed|sources.*|unsourced.*|unreferenced.*|chronology.*|time fact|year needed|date missing|elucidate|explain|non-primary.*|psc|rs|request quotation|subscription.*|registration.*|closed access|open access|free access|webarchive.*|wayback.*|doi|isbn|issn|oclc|pmid|pmc|jstor|bibcode|arxiv|hatnote.*|see also|main.*|further.*|about|for|distinguish.*|redirect.*|other uses.*)$/i;

const fixed: ReadonlyMap<string, string> = new Map([
  ['nbsp', ' '], ['space', ' '], ['spaces', ' '], ['thinsp', ' '], ['hair space', ' '], ['pad', ' '], ['nowrap begin', ''], ['nowrap end', ''], ['wrap', ' '],
  ['snd', ' – '], ['spnd', ' – '], ['spndash', ' – '], ['spaced ndash', ' – '], ['spaced en dash', ' – '], ['dash', ' – '], ['nsndns', ' – '], ['nsmdns', ' — '], ['spaced mdash', ' — '],
  ['ndash', '–'], ['en dash', '–'], ['endash', '–'], ['mdash', '—'], ['em dash', '—'], ['emdash', '—'], ['hyphen', '-'], ['nbhyph', '-'], ['minus', '−'],
  ['!', '|'], ['=', '='], ["'", "'"], ["'s", "'s"], ["' \"", "'\""], ['"', '"'], ["\" '", "\"'"], ['okina', 'ʻ'], ['hamza', 'ʾ'], ['ayin', 'ʿ'], ['·', '·'], ['dot', '·'], ['middot', '·'], ['•', '•'], ['ellipsis', '…'], ['...', '…'],
  ['ad', 'AD'], ['bc', 'BC'], ['ce', 'CE'], ['bce', 'BCE'], ['co2', 'CO₂'], ['h2o', 'H₂O'], ['eqm', '⇌'], ['pound sterling', '£'], ['gbp', '£'], ['euro', '€'], ['jpy', '¥'], ['yen', '¥'], ['degree', '°'], ['sharp', '♯'], ['music|sharp', '♯'], ['flat', '♭'],
]);

/** What takes its text from one of its parameters: name -> number of the parameter. */
const passThrough: ReadonlyMap<string, number> = new Map([
  ['nowrap', 1], ['nobr', 1], ['small', 1], ['smaller', 1], ['big', 1], ['larger', 1], ['em', 1], ['strong', 1], ['bold', 1], ['visible anchor', 1], ['vanchor', 1], ['noitalic', 1], ['nobold', 1], ['not a typo', 1], ['sic', 1],
  ['lang', 2], ['transl', 2], ['transliteration', 2], ['abbr', 1], ['tooltip', 1], ['smallcaps', 1], ['sc', 1], ['sc2', 1], ['smallcaps2', 1], ['script', 2], ['linktext', 1], ['proper name', 1], ['color', 2], ['font color', 2], ['title', 1], ['cvt', 0], ['music', 0], ['var', 1], ['mvar', 1], ['angbr', 1], ['char', 1], ['vr', 1], ['keypress', 1], ['asiantitle', 1], ['unicode', 1], ['langr', 2], ['allow wrap', 1], ['avoid wrap', 1], ['ship prefix', 1], ['interlanguage link', 1],
].filter((entry): entry is [string, number] => entry[1] !== 0));

/** Sounds and notations: never prose. */
const unspeakable = /^(?:ipa.*|respell|pronunciation.*|audio.*|listen.*|usdict|coord|coor .*|gps.*|ruby.*|math|sqrt|sfrac|chem.*|su|overline|underset|radic|val|e|physconst|nuclide.*|simplenuclide.*|subatomic.*|isbn.*|flag.*|sortname|sort|dts|list.*|hlist|plainlist|unbulleted.*|cquote|quote box.*|infobox.*|navbox.*|columns.*|col-.*|div col.*|reflist.*|quote.*|blockquote.*|image.*|multiple image.*|css.*|wide image.*|panorama.*|location map.*|chart.*|graph.*|family tree.*|tree.*|s-.*|start.*|end|succession.*|big ?num.*|unsigned.*|ping.*)$/i;

export type RenderTemplate = (template: string) => string;

/**
 * @param cacheSize answers kept; the oldest go first. @default 4096
 */
export function createTemplateRenderer(cacheSize = 4096): RenderTemplate {
  const answers = new Map<string, string>();
  return (template) => {
    const known = answers.get(template);
    if (known !== undefined) return known;
    const answer = render(template);
    if (template.length > maxLength) return answer;
    answers.set(template, answer);
    if (answers.size > cacheSize) answers.delete(answers.keys().next().value!);
    return answer;
  };
}

function render(template: string): string {
  const inner = template.slice(2, -2);
  const name = /^[^|{[<\n]{0,200}/.exec(inner)![0].replaceAll('_', ' ').trim().toLowerCase();
  const byName = fixed.get(name);
  if (byName !== undefined && !inner.includes('|')) return byName;
  if (invisible.test(name)) return '';
  if (template.length > maxLength || unspeakable.test(name) || depthOf(template) > maxDepth) return hole;
  const parameter = passThrough.get(name);
  if (parameter !== undefined && !inner.includes('{{')) return positional(inner, parameter) ?? withWtf(template);
  const text = withWtf(template);
  return name === 'convert' || name === 'cvt' ? asMeasure(text) : text;
}

/** `661848 km2` as it is printed: `661,848 km²`. */
function asMeasure(text: string): string {
  return text.replace(/\b\d{5,}(?![\d.])/g, (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ',')).replace(/\b([kcm]?m|mi|ft|yd|in)([23])\b/g, (_, unit: string, power: string) => unit + (power === '2' ? '²' : '³'));
}

/** The n-th parameter without name; null where it is missing or a link would have to be cut to find it. */
function positional(inner: string, n: number): string | null {
  if (/\[\[[^\]]*\|/.test(inner)) return null;
  const values = inner.split('|').slice(1);
  const unnamed = values.filter((value) => !/^\s*\w+\s*=/.test(value));
  const named = values.find((value) => value.trimStart().startsWith(`${n}=`));
  const text = (named?.slice(named.indexOf('=') + 1) ?? unnamed[n - 1])?.trim();
  return text === undefined || text === '' ? null : text;
}

function withWtf(template: string): string {
  try {
    const text = wtf(template).text().trim();
    return text === '' || /[{}[\]<>|\n]|undefined|NaN|\[object/.test(text) ? hole : text;
  } catch {
    return hole;
  }
}

function depthOf(template: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of template.matchAll(/\{\{|\}\}/g)) {
    depth += bracket === '{{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
