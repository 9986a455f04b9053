/**
 * The `random-span` baseline, in place of `generateMasks`. In: admitted paragraphs. Out: each with `masksPerParagraph` passages whose masks
 * are random word spans (fewer where the paragraph has no more distinct usable ones), and no mask rollouts. A paragraph
 * without any goes on empty, with a dead letter.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { MaskGroup } from '../../schemas/records/edges.ts';
import type { MaskedPassage } from '../../schemas/records/masked-passage.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';
import { paragraphLetter } from '../flow/paragraph-letter.ts';
import { seedOf, uniforms } from '../flow/seeds.ts';
import { passageId } from './ids.ts';
import { normaliseAnswer } from './parse-answer.ts';
import { promptSubject } from './prompt-subject.ts';
import { drawWordSpan } from './random-spans.ts';
import { regulariseMask } from './regularise-mask.ts';
import type { RolloutDeps } from './rollout-deps.ts';
import { wordSpans, type Span } from './word-spans.ts';

const triesPerSpan = 64;

export type SpanDeps = Pick<RolloutDeps, 'template' | 'config' | 'deadLetters'>;

/** Draws the spans of every paragraph. Spans obey the same regularisation as masks; an unusable or repeated one is drawn anew. */
export function drawSpans(deps: SpanDeps): OperatorFunction<Paragraph, MaskGroup> {
  return map((paragraph) => {
    const passages = passagesOf(deps, paragraph);
    if (passages.length === 0) deps.deadLetters(noSpanLetter(deps, paragraph));
    return { paragraph, maskRollouts: [], passages };
  });
}

function passagesOf(deps: SpanDeps, paragraph: Paragraph): MaskedPassage[] {
  const words = wordSpans(paragraph.text);
  if (words.length === 0) return [];
  const passages: MaskedPassage[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < deps.config.rollouts.masksPerParagraph; index++) {
    const draw = uniforms(seedOf(deps.config.run.seed, passageId(paragraph.id, index)));
    for (let attempt = 0; attempt < triesPerSpan; attempt++) {
      const passage = drawPassage(deps, paragraph, words, index, draw);
      if (passage === null || taken.has(passage.maskText)) continue;
      taken.add(passage.maskText);
      passages.push(passage);
      break;
    }
  }
  return passages;
}

function drawPassage(deps: SpanDeps, paragraph: Paragraph, words: readonly Span[], index: number, draw: () => number): MaskedPassage | null {
  const { masks, rollouts } = deps.config;
  const span = drawWordSpan(words, masks.spanLengthP, masks.maxSpanWords, draw);
  const maskText = normaliseAnswer(paragraph.text.slice(span.start, span.end));
  const mask = regulariseMask(paragraph.text, maskText, masks.regularise, masks.maxOccurrences, draw);
  if (!mask.usable) return null;
  if (deps.template.predictionPrompt(promptSubject(paragraph, mask.maskedText)).length > rollouts.maxPromptTokens) return null;
  return {
    id: passageId(paragraph.id, index),
    paragraphId: paragraph.id,
    step: paragraph.step,
    slot: paragraph.slot,
    maskIndex: index,
    maskRolloutId: null,
    maskText,
    spanStarts: mask.spanStarts,
    text: mask.maskedText,
  };
}

function noSpanLetter(deps: SpanDeps, paragraph: Paragraph) {
  const promptTokens = deps.template.predictionPrompt(promptSubject(paragraph)).length;
  const { maxPromptTokens } = deps.config.rollouts;
  return promptTokens > maxPromptTokens
    ? paragraphLetter(paragraph, {
        stage: 'draw-spans',
        code: 'PROMPT_TOO_LONG',
        message: `the prediction prompt has about ${promptTokens} tokens, more than ${maxPromptTokens}`,
      })
    : paragraphLetter(paragraph, {
        stage: 'draw-spans',
        code: 'INPUT_MALFORMED',
        message: 'no word span of the paragraph can be masked',
      });
}
