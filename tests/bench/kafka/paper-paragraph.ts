/**
 * A scored paragraph of the paper's sizes: 8 masks, 8 predictions each, every response of 4096 tokens. In: its slot. Out: the record, made by the real operators. A token is a random letter: it compresses as
 * badly as log-probabilities do, ids and text better than those of a real vocabulary.
 */
import { from, lastValueFrom, toArray, type Observable } from 'rxjs';
import { drawInt, seedOf, uniforms } from '../../../operators/flow/seeds.ts';
import { namedTopologies } from '../../../pipelines/named-topologies.ts';
import { loadPromptTemplate } from '../../../pipelines/load-prompt-template.ts';
import type { RolloutDeps } from '../../../operators/rollouts/rollout-deps.ts';
import type { ScoredGroups } from '../../../schemas/records/edges.ts';
import { sampleParagraph, sampleText } from '../../sample-paragraph.ts';
import { stubConfig } from '../../stub-config.ts';
import { createStubEngine, type StubPrompt } from '../../stub-engine.ts';
import { createStubTokenizer } from '../../stub-tokenizer.ts';

export const responseTokens = 4096;
export const rolloutsPerParagraph = 8 + 8 * 8;

const config = stubConfig({
  rollouts: { masksPerParagraph: 8, predictionsPerMask: 8, maxMaskResponseTokens: responseTokens, maxPredictionResponseTokens: responseTokens },
});

export async function paperParagraph(slot: number): Promise<ScoredGroups> {
  const tokenizer = createStubTokenizer();
  const deps: RolloutDeps = { engine: createStubEngine({ respond }), tokenizer, template: await loadPromptTemplate('short', tokenizer), config, deadLetters: () => undefined };
  let items: unknown[] = [sampleParagraph({ slot })];
  for (const stage of namedTopologies['pretrain-zero'].stages) items = await lastValueFrom((from(items) as Observable<never>).pipe(stage.operator(deps), toArray()));
  return items[0] as ScoredGroups;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

function respond({ prompt, seed }: StubPrompt): string {
  const draw = uniforms(seedOf(seed, 'paper'));
  const words = sampleText.match(/\p{L}+/gu)!;
  const word = words[drawInt(draw, words.length)]!;
  const answer = prompt.includes('[mask]') ? ` \\boxed{${word}}` : ` \\mask{${word}}`;
  const reasoning = Array.from({ length: responseTokens - 1 - answer.length }, () => letters[drawInt(draw, letters.length)]!);
  return reasoning.join('') + answer;
}
