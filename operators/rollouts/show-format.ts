/**
 * The diet of `continue-pretraining`. In: a paragraph and a seed. Out: what the cross-entropy is taken over: the paragraph as plain text
 * (after its title); or its words told over and over (`pretraining.copyingShare`); or one of the two prompts with worked answers (`pretraining.formatShare`):
 * so a model trained from nothing learns to copy, and to answer in them. A paragraph that cannot be shown as a prompt is shown as plain text. An
 * answer begins with a space within its braces, as it does in the text, where the token with its space stands.
 */
import type { Config } from '../../schemas/config/config.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { drawInt, uniforms } from '../flow/seeds.ts';
import type { TrainingGroup } from '../ports/engine.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';
import { contentSpans, drawContentSpan, type ContentSpan } from './content-spans.ts';
import { normaliseAnswer, parseLastBraced, writeBraced } from './parse-answer.ts';
import { plainOpening } from './plain-opening.ts';
import { promptSubject } from './prompt-subject.ts';
import type { PromptTemplate } from './prompt-template.ts';
import { drawWordSpan } from './random-spans.ts';
import { regulariseMask, type RegularisedMask } from './regularise-mask.ts';
import { wordSpans, type Span } from './word-spans.ts';
import { wordsBefore } from './words-before.ts';

export interface ShowDeps {
  readonly tokenizer: Tokenizer;
  readonly template: PromptTemplate;
  readonly config: Config;
}

const answersPerMaskPrompt = 8; // they share the prompt, so further ones are nearly free
const maskPromptShare = 0.45; // of the prompts shown; the rest are prediction prompts
const contentShareOfQuestions = 0.5; // prediction prompts that hide a content span; the rest hide a random one
const quotedWords = 8; // a shown mask answer quotes its sentence up to the span: it says where, then what
const triesPerSpan = 16;
const fewestWords = 4; // of the words told over and over
const mostWords = 16;
const toldWords = 60; // repetitions together

/** One paragraph's training group; response ids are `paragraph id/show/index`. */
export function showFormat(paragraph: Paragraph, seed: number, deps: ShowDeps): TrainingGroup {
  const draw = uniforms(seed);
  if (draw() < deps.config.pretraining.copyingShare) return copying(paragraph, draw, deps);
  if (draw() < deps.config.pretraining.formatShare) {
    const shown = draw() < maskPromptShare ? maskExample(paragraph, draw, deps) : predictionExample(paragraph, draw, deps);
    if (shown !== null) return shown;
  }
  return plainText(paragraph, deps);
}

function maskExample(paragraph: Paragraph, draw: () => number, deps: ShowDeps): TrainingGroup | null {
  const chooser = spanChooser(paragraph.text, deps.config, draw);
  const answers = new Set<string>();
  for (let i = 0; i < answersPerMaskPrompt; i++) {
    const chosen = chooser(deps.config.pretraining.contentMaskShare);
    if (chosen === null) continue;
    const quote = wordsBefore(paragraph.text, chosen.start, quotedWords);
    answers.add(`${quote === '' ? '' : ` ${quote}`}${writeBraced(` ${chosen.answer}`, 'mask')}`);
  }
  const prompt = deps.template.maskPrompt(promptSubject(paragraph));
  if (answers.size === 0 || prompt.length > deps.config.rollouts.maxPromptTokens) return null;
  return trainingGroup(paragraph, deps, prompt, [...answers].map((answer) => deps.tokenizer.encode(answer)));
}

function predictionExample(paragraph: Paragraph, draw: () => number, deps: ShowDeps): TrainingGroup | null {
  const chosen = spanChooser(paragraph.text, deps.config, draw)(contentShareOfQuestions);
  if (chosen === null) return null;
  const prompt = deps.template.predictionPrompt(promptSubject(paragraph, chosen.mask.maskedText));
  return prompt.length > deps.config.rollouts.maxPromptTokens ? null : wholeText(paragraph, deps, prompt, writeBraced(` ${chosen.answer}`, 'boxed'));
}

/** The loss is over the prompt too, but for its first token: the paragraph in it is text to learn like any other. */
function wholeText(paragraph: Paragraph, deps: ShowDeps, prompt: readonly number[], answer: string): TrainingGroup {
  return trainingGroup(paragraph, deps, prompt.slice(0, 1), [[...prompt.slice(1), ...deps.tokenizer.encode(answer)]]);
}

interface ChosenSpan {
  readonly start: number; // UTF-16 offset in the paragraph
  readonly answer: string;
  readonly mask: Extract<RegularisedMask, { usable: true }>;
}

/** Draws usable spans of a text: a content span with the given probability, where there is one, else random words. */
function spanChooser(text: string, config: Config, draw: () => number): (contentShare: number) => ChosenSpan | null {
  const words = wordSpans(text);
  const content: readonly ContentSpan[] = contentSpans(text);
  const drawSpan = (contentShare: number): Span =>
    (draw() < contentShare ? drawContentSpan(content, draw) : null) ?? drawWordSpan(words, config.masks.spanLengthP, config.masks.maxSpanWords, draw);
  return (contentShare) => {
    for (let attempt = 0; attempt < triesPerSpan && words.length > 0; attempt++) {
      const span = drawSpan(contentShare);
      const answer = normaliseAnswer(text.slice(span.start, span.end));
      const readBack = parseLastBraced(writeBraced(answer, 'mask'), 'mask')?.answer;
      const mask = regulariseMask(text, answer, config.masks.regularise, config.masks.maxOccurrences, draw);
      if (mask.usable && readBack === answer) return { start: span.start, answer, mask };
    }
    return null;
  };
}

/** Beginning token and title are the prompt; the loss is over the paragraph and the end token. */
function plainText(paragraph: Paragraph, deps: ShowDeps): TrainingGroup {
  return trainingGroup(paragraph, deps, plainOpening(paragraph, deps.tokenizer), [deps.tokenizer.encode(paragraph.title === '' ? paragraph.text : ` ${paragraph.text}`)]);
}

/** Words of the paragraph in random order, told over and over; the loss is over the repetitions. It teaches copying and nothing else. */
function copying(paragraph: Paragraph, draw: () => number, deps: ShowDeps): TrainingGroup {
  const words = wordSpans(paragraph.text).map(({ start, end }) => paragraph.text.slice(start, end));
  const count = Math.min(words.length, fewestWords + drawInt(draw, mostWords - fewestWords + 1));
  const list = Array.from({ length: count }, () => ` ${words[drawInt(draw, words.length)]!}`).join('');
  const times = Math.max(1, Math.round(toldWords / Math.max(1, count)));
  return trainingGroup(paragraph, deps, [...plainOpening({ title: '' }, deps.tokenizer), ...deps.tokenizer.encode(list)], [deps.tokenizer.encode(list.repeat(times))]);
}

function trainingGroup(paragraph: Paragraph, { tokenizer }: ShowDeps, promptTokens: readonly number[], texts: readonly (readonly number[])[]): TrainingGroup {
  const responses = texts.map((text, index) => {
    const tokens = [...text, ...tokenizer.stopTokens.slice(0, 1)];
    return { id: `${paragraph.id}/show/${index}`, tokens, logprobs: tokens.map(() => 0), advantage: 1 };
  });
  return { promptTokens, responses };
}
