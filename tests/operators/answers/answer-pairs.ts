/** The committed pairs of answers. In: nothing. Out: each with whether the two are the same. */
import { readFileSync } from 'node:fs';
import { fixturePath } from '../../fixtures/fixture-path.ts';

export interface AnswerPair {
  readonly same: boolean;
  readonly expected: string;
  readonly answer: string;
  readonly note: string;
}

export function answerPairs(): AnswerPair[] {
  const lines = readFileSync(fixturePath('answers/pairs.tsv'), 'utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [verdict = '', expected = '', answer = '', note = ''] = line.split('\t');
    if (verdict !== 'same' && verdict !== 'different') throw new Error(`no verdict: ${line}`);
    return { same: verdict === 'same', expected, answer, note };
  });
}
