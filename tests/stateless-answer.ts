/**
 * Answers for the stub engine that are a function of (weights, prompt, seed) alone, whatever was asked before, as a resumed run
 * needs them. For the paragraphs of `stubText`: masks are words of the paragraph, and half of the predictions are right; where the text breaks off, the answer is its next character.
 */
import { drawInt, seedOf, uniforms } from '../operators/flow/seeds.ts';
import type { StubPrompt } from './stub-engine.ts';
import { stubText } from './stub-paragraph-source.ts';

export function statelessAnswer({ prompt, seed, weights }: StubPrompt): string {
  const draw = uniforms(seedOf(weights, `${seed}`));
  const text = stubText(Number(/Page (\d+)/.exec(prompt)?.[1] ?? 0));
  const words = text.match(/[\p{L}\p{N}]+/gu)!;
  const word = words[drawInt(draw, words.length)]!;
  if (!prompt.includes('[mask]')) return ` \\mask{${word}}`;
  return ` \\boxed{${draw() < 0.5 ? hiddenWords(prompt, text) : word}}`;
}

/** What the first `[mask]` of the prompt hides: the text between what stands before it and what follows. */
export function hiddenWords(prompt: string, text: string): string {
  const [before = '', after = ''] = prompt.split('[mask]');
  const breaksOff = after.startsWith(' ...\n');
  const shown = breaksOff ? before.slice(0, -1) : before;
  let start = text.length;
  while (!shown.endsWith(text.slice(0, start))) start--;
  return text.slice(start, breaksOff ? start + 1 : text.indexOf(after.slice(0, 6), start + 1));
}
