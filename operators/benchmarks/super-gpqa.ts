/**
 * SuperGPQA (M-A-P 2025): multiple choice of up to ten options in 285 fields of 13 disciplines. Published as JSON Lines: `uuid`, `question`, `options`, `answer_letter`, `discipline`, `field`,
 * `subfield`, `difficulty`. Accuracy over all questions, broken down by discipline. A response is searched on its last line first, then as a whole, for a letter, then for an option's text.
 */
import { z } from 'zod';
import { defineBenchmark } from './benchmark.ts';
import { letterOf, optionLines } from './option-letters.ts';

const row = z.object({ uuid: z.string(), question: z.string(), options: z.array(z.string()).min(2).max(10), answer_letter: z.string().regex(/^[A-J]$/), discipline: z.string() });

export const superGpqa = defineBenchmark({
  name: 'super-gpqa@2',
  source: 'hf://datasets/m-a-p/SuperGPQA/SuperGPQA-all.jsonl',
  samples: 0,
  metric: 'mean',
  endsBefore: ['Question:'],
  row,
  question({ uuid: id, question, options, answer_letter: expected, discipline: category }) {
    const asked = `${question}\n${optionLines(options, ') ')}\n`;
    const instruction =
      "Answer the following multiple choice question. There is only one correct answer. The last line of your response should be in the format 'Answer: $LETTER' (without quotes), where LETTER is one of A, B, C, D, E, F, G, H, I, or J.";
    return {
      id,
      category,
      expected,
      worked: `Question: \n${asked}\nAnswer: ${expected}.`,
      prompt: (examples) => [instruction, ...examples.map(({ worked }) => worked), examples.length === 0 ? asked : `Question: \n${asked}\nAnswer: Let's think step by step.`].join('\n\n'),
      answer: (response) => letterIn(response, options),
      isRight: (answer) => answer === expected,
    };
  },
});

const dress = String.raw`[*$\\({\[\s]*(?:(?:boxed|mathbf|mathrm|text)\s*\{[\s({\[\\$*]*)*`;
const closed = String.raw`(?:\\?[})\]$])*(?=[\s:.*)]|$)`;

/** The places of the published script: its three sentences on the last line, then anywhere, with a letter; then the same with an option's text. */
function letterIn(response: string, options: readonly string[]): string | null {
  const [text, lastLine = ''] = [response.trimEnd(), response.trimEnd().split('\n').at(-1)];
  const letter = firstIn([lastLine, text], sentences('[A-J]', 'i'));
  if (letter !== undefined) return letter.toUpperCase();
  const escaped = options.map((option) => option.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`));
  const said = firstIn([lastLine, text], sentences(escaped.join('|'), ''));
  return said === undefined ? null : letterOf(options.indexOf(said));
}

function sentences(wanted: string, flags: string): RegExp[] {
  return [
    new RegExp(String.raw`[Tt]he\s+(?:\w+\s+)?(?:answer|option)\s+is?:?\s*${dress}(${wanted})${closed}`, flags),
    new RegExp(String.raw`[Aa](?:nswer|NSWER)[*\s]*${flags === 'i' ? ':' : ':?'}\s*${dress}(${wanted})${closed}`, flags),
    new RegExp(String.raw`^[^\w\r\n]*${dress}(${wanted})${closed}`, flags),
  ];
}

function firstIn(texts: readonly string[], patterns: readonly RegExp[]): string | undefined {
  for (const text of texts) for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
