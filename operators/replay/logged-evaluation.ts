/**
 * Held-out samples answered from a log. In: the logged rows of evaluations, of which only the responses are taken, and a tokenizer. Out: an engine's `generate` and a
 * tokenizer to go with it: the log holds the text of these responses and no tokens, so a response's one token stands for its text. Nothing can go wrong.
 */
import type { EvaluationRow } from '../../schemas/records/evaluation-row.ts';
import { clozeSampleId } from '../evaluation/cloze.ts';
import { probeSampleId } from '../evaluation/mask-probe.ts';
import type { Engine } from '../ports/engine.ts';
import type { Tokenizer } from '../ports/tokenizer.ts';

export interface LoggedEvaluation {
  readonly generate: Engine['generate'];
  readonly tokenizer: Tokenizer;
}

/** @param step the step after which the rows were taken */
export function loggedEvaluation(rows: readonly EvaluationRow[], step: number, tokenizer: Tokenizer): LoggedEvaluation {
  const texts: string[] = [];
  const byId = new Map(rows.filter((row) => row.step === step).map((row) => [idOf(row), row.responseText]));
  const tokenOf = (id: string): number => texts.push(byId.get(id) ?? '') - 1;
  return {
    generate: ({ groups }) =>
      Promise.resolve({
        samples: groups.map(({ ids = [] }) => ids.map((id) => ({ tokens: [tokenOf(id)], logprobs: [0], finishReason: 'stop' as const }))),
        policyVersion: step,
      }),
    tokenizer: { ...methodsOf(tokenizer), decode: (tokens) => tokens.map((token) => texts[token] ?? '').join('') },
  };
}

function idOf({ kind, itemId, sampleIndex }: EvaluationRow): string {
  return kind === 'cloze' ? clozeSampleId(itemId, sampleIndex) : probeSampleId(itemId, sampleIndex);
}

/** A tokenizer may be an object of a class: its methods are on no spread copy. */
function methodsOf(tokenizer: Tokenizer): Omit<Tokenizer, 'decode'> {
  return {
    encode: (text) => tokenizer.encode(text),
    encodeWithSpecials: (text) => tokenizer.encodeWithSpecials(text),
    tokenBytes: () => tokenizer.tokenBytes(),
    bosToken: tokenizer.bosToken,
    stopTokens: tokenizer.stopTokens,
    chat: tokenizer.chat,
  };
}
