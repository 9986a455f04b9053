/**
 * In: the texts of a template's files and a tokenizer. Out: a `PromptTemplate`. What a paragraph says is inserted once and never read as a
 * template or as special tokens. Fails with CONFIG_INVALID on an unknown or missing placeholder.
 *
 * Placeholders, as in Mustache: `{{title}}`, `{{sections}}` (joined by ", "), `{{text}}`, `{{cue}}` (the words of its sentence before the first
 * `[mask]`, or before its end where the next token is asked for); `{{#title}}...{{/title}}` is there where the title is not empty (likewise sections and cue); `{{^chat}}...{{/chat}}` where the model has no chat template, `{{#chat}}` where it has.
 */
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import { createPromptEncoder } from './prompt-encoder.ts';
import { rememberPrompts } from './remember-prompts.ts';
import type { PromptSubject, PromptTemplate } from './prompt-template.ts';
import { maskToken } from './regularise-mask.ts';
import { wordsBefore } from './words-before.ts';

export interface TextPromptTemplateOptions {
  /** Name and version, for example `short@1`. */
  readonly name: string;
  readonly mask: string;
  readonly prediction: string;
  readonly nextToken: string;
  /** Wrap the prompt as a user's turn, where the tokenizer has a chat template. */
  readonly chat: boolean;
}

type Render = (subject: PromptSubject) => string;

const names = ['title', 'sections', 'text', 'cue', 'chat'] as const;
const cueWords = 6;
type Name = (typeof names)[number];

export function createTextPromptTemplate(options: TextPromptTemplateOptions, tokenizer: Tokenizer): PromptTemplate {
  const wrap = createPromptEncoder(tokenizer, options.chat);
  const mask = compile(options.mask, `${options.name} mask`, wrap.chat);
  const prediction = compile(options.prediction, `${options.name} prediction`, wrap.chat);
  const nextToken = compile(options.nextToken, `${options.name} next-token`, wrap.chat, (text) => text.length);
  const encode = rememberPrompts((prompt) => wrap.encode(prompt));
  return {
    name: options.name,
    maskPrompt: (subject) => encode(mask(subject)),
    predictionPrompt: (subject) => encode(prediction(subject)),
    nextTokenPrompt: (subject) => encode(nextToken(subject)),
  };
}

const firstMask = (text: string): number => Math.max(0, text.indexOf(maskToken));

/** One newline at the end of the file is not part of the prompt. @param placeOf offset in the text that is asked about */
function compile(source: string, where: string, chat: boolean, placeOf = firstMask): Render {
  const parts = source.replace(/\n$/, '').split(/\{\{([#^/]?)(\w+)\}\}/); // text, mark, name, text, mark, name, ..., text
  const known = (name: string): Name => {
    const found = names.find((candidate) => candidate === name);
    if (found === undefined) throw new PretrainZeroError('CONFIG_INVALID', `unknown placeholder {{${name}}} in the prompt template`, { key: where });
    return found;
  };
  const steps: { readonly mark: string; readonly name: Name; readonly text: string }[] = [];
  for (let i = 1; i < parts.length; i += 3) steps.push({ mark: parts[i]!, name: known(parts[i + 1]!), text: parts[i + 2]! });
  if (!steps.some(({ mark, name }) => mark === '' && name === 'text')) {
    throw new PretrainZeroError('CONFIG_INVALID', 'the prompt template lacks {{text}}', { key: where });
  }
  return (subject) => {
    const values: Record<Name, string> = {
      title: subject.title,
      sections: subject.sections.join(', '),
      text: subject.text,
      cue: wordsBefore(subject.text, placeOf(subject.text), cueWords),
      chat: chat ? 'chat' : '',
    };
    let prompt = parts[0]!;
    const hidden: Name[] = []; // sections that are open and not shown
    for (const { mark, name, text } of steps) {
      if (mark === '/') hidden.splice(hidden.indexOf(name), hidden.includes(name) ? 1 : 0);
      else if (mark !== '' && (mark === '#') === (values[name] === '')) hidden.push(name);
      else if (mark === '' && hidden.length === 0) prompt += values[name];
      if (hidden.length === 0) prompt += text;
    }
    return prompt;
  };
}
