/**
 * A template within a line, as the words that a reader sees. In: `{{...}}`. Out: its text; nothing where readers see nothing or a
 * note; a hole where it is not known what they see. Templates within it are rendered first. Never throws; time is bounded by the template's length.
 */
import wtf from 'wtf_wikipedia';
import { hole } from './hole.ts';
import { matchingSpans, replaceSpans } from './matching-spans.ts';
import { renderMeasure } from './render-measure.ts';
import { fixed, invisible, passThrough, trusted } from './template-names.ts';
import { positional, protect, templateName, templateParameters, unprotect, type TemplateParameters } from './template-parameters.ts';

const maxLength = 1000; // characters; longer ones are boxes and tables
const maxDepth = 4; // templates within templates

export type RenderTemplate = (template: string) => string;

/**
 * @param cacheSize answers kept; the oldest go first. @default 4096
 */
export function createTemplateRenderer(cacheSize = 4096): RenderTemplate {
  const answers = new Map<string, string>();
  return (template) => {
    const known = answers.get(template);
    if (known !== undefined) return known;
    const answer = render(template, 1);
    if (template.length > maxLength) return answer;
    answers.set(template, answer);
    if (answers.size > cacheSize) answers.delete(answers.keys().next().value!);
    return answer;
  };
}

function render(template: string, depth: number): string {
  const inner = template.slice(2, -2);
  const name = templateName(inner);
  const always = fixed.get(name);
  if (always !== undefined && !inner.includes('|')) return always;
  const parameter = passThrough.get(name);
  if (parameter === undefined && invisible.test(name)) return '';
  if (template.length > maxLength || depth > maxDepth) return hole;
  const flat = replaceSpans(inner, matchingSpans(inner, '{{', '}}'), (nested) => protect(render(nested, depth + 1)));
  if (parameter !== undefined) return positional(templateParameters(flat), parameter) || hole;
  if (flat.includes(hole)) return hole;
  if (name === 'convert' || name === 'cvt') return renderMeasure(templateParameters(flat));
  if (/^(?:ill|illm|interlanguage link(?: multi)?)$/.test(name)) return otherLanguage(templateParameters(flat));
  return trusted.test(name) ? withWtf(flat) : hole;
}

/** A link to another language's article: `ill|Title|de|Titel`, or as it once was, `ill|de|Titel|Title`. */
function otherLanguage(parameters: TemplateParameters): string {
  const first = positional(parameters, 1);
  const old = /^[a-z]{2,3}$/.test(first) && (positional(parameters, 3) || positional(parameters, 2));
  return (parameters.named.get('lt') ?? (old || first)) || hole;
}

function withWtf(inner: string): string {
  try {
    const text = unprotect(wtf(`{{${inner}}}`).text()).trim();
    return text === '' || /[{}[\]<>|\n]|undefined|NaN|\[object/.test(text) ? hole : text.replace(/^GB£/, '£');
  } catch {
    return hole;
  }
}
