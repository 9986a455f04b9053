/** A run in which all there is happens: refills, staleness, dead letters of every stage, lost rollouts, evaluations. */
import { createStubEngine, type StubResponse } from '../../stub-engine.ts';
import { createStubParagraphSource, stubText, type StubSource } from '../../stub-paragraph-source.ts';
import { stubConfig } from '../../stub-config.ts';
import type { Config } from '../../../schemas/config/config.ts';
import { loggedStubRun } from './logged-stub-run.ts';

/** @param maxStaleness of the run */
export function richConfig(maxStaleness = 0): Config {
  return stubConfig({
    run: { steps: 5 },
    grpo: { refillParagraphs: 2, maxStaleness },
    rollouts: { paragraphsPerStep: 4, masksPerParagraph: 3, predictionsPerMask: 3, maxPromptTokens: 900 },
    evaluation: { cloze: 'atlas', probe: 'atlas', every: 2, clozeSamples: 2, probeSamples: 2 },
    engine: { maxTokensPerMicroBatch: 900 },
  });
}

export function richRun(maxStaleness = 0): Promise<string> {
  return loggedStubRun(richConfig(maxStaleness), { engine: createStubEngine({ accuracy: 0.6, respond }), parts: { source: richSource() } });
}

/** Its corpus. */
export function richSource(): StubSource {
  return createStubParagraphSource({ letterEvery: 4, text: richText });
}

/** Some paragraphs are too long for their prompt. */
export function richText(ordinal: number): string {
  return ordinal % 7 === 3 ? `${stubText(ordinal)} `.repeat(20).trim() : stubText(ordinal);
}

/** Some answers without a number for a log-probability, some cut off, some without a mask. */
function respond({ seed, prompt }: { readonly seed: number; readonly prompt: string }): StubResponse | undefined {
  if (seed % 41 === 0) return { text: ' \\boxed{it}', logprobs: Array.from({ length: 12 }, (_, i) => (i === 2 ? NaN : -0.5)) };
  if (seed % 13 === 0) return { text: ' I wonder', finishReason: 'length' };
  if (seed % 17 === 0) return prompt.includes('[mask]') ? ' \\boxed{}' : ' \\mask{ mill }';
  return undefined;
}
