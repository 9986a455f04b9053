/**
 * OlympiadBench (He et al. 2024), its open-ended text problems in English: mathematics and physics. Published as JSON and Parquet: `id`, `question`, `context`, `final_answer` (a list),
 * `answer_type`, `is_multiple_answer`, `unit`, `error` (absolute tolerances, by commas), `subfield`, `subject`. The prompt names the kind of answer, as published. Accuracy; numbers within the
 * published tolerance, everything else equivalent as LaTeX. Problems with images, in Chinese, or that ask for a proof are refused.
 */
import { z } from 'zod';
import { isEquivalentAnswer } from '../answers/equivalent-answer.ts';
import { numberOf } from '../answers/same-number.ts';
import { defineBenchmark, label } from './benchmark.ts';
import { finalAnswer } from './final-answer.ts';

const row = z.object({
  id: label,
  question: z.string(),
  context: z.string().nullish(),
  final_answer: z.array(z.string()).nullish(),
  answer_type: z.string().nullish(),
  is_multiple_answer: z.boolean().nullish(),
  unit: z.string().nullish(),
  error: z.union([z.string(), z.number()]).nullish(),
  subfield: z.string().nullish(),
  subject: z.string().nullish(),
  language: z.string().nullish(),
  modality: z.string().nullish(),
});
type Row = z.infer<typeof row>;

export const olympiadBench = defineBenchmark({
  name: 'olympiad-bench@1',
  source: 'hf://datasets/Hothan/OlympiadBench/OlympiadBench/OE_TO_maths_en_COMP/*.parquet',
  samples: 0,
  metric: 'mean',
  endsBefore: [],
  row,
  question(fields) {
    const expected = (fields.final_answer ?? []).join(', ').trim();
    if (expected === '') return 'final_answer: there is none; theorems to prove cannot be checked';
    if (fields.modality != null && !/text/i.test(fields.modality)) return `modality: ${fields.modality} needs pictures`;
    if (fields.language != null && !/^en/i.test(fields.language)) return `language: ${fields.language} is not English`;
    const problem = [fields.context ?? '', fields.question].filter((text) => text !== '').join('\n');
    const tolerance = Number(String(fields.error ?? '').split(',')[0]);
    return {
      id: fields.id,
      category: fields.subfield ?? fields.subject ?? '',
      expected,
      worked: `${instruction(fields)}\n${problem}\nSo the final answer is \\boxed{${expected}}.`,
      prompt: (examples) => [...examples.map(({ worked }) => worked), `${instruction(fields)}\n${problem}`].join('\n\n'),
      answer: finalAnswer,
      isRight: (answer) => isEquivalentAnswer(answer, expected) || (tolerance > 0 && isWithin(answer, expected, tolerance)),
    };
  },
});

const kinds = [
  ['Numerical', 'a numerical value'],
  ['Expression', 'an expression'],
  ['Equation', 'an equation'],
  ['Interval', 'an interval'],
] as const;

function instruction({ answer_type: type, is_multiple_answer: several, unit, subject }: Row): string {
  const kind = kinds.find(([name]) => type?.includes(name) === true)?.[1];
  const wanted = kind === undefined || type?.includes('Tuple') === true ? '' : several === true ? `The problem has multiple answers, each of them should be ${kind}. ` : `The answer of The problem should be ${kind}. `;
  const box = `\\boxed{${several === true ? 'multiple answers connected with commas' : 'answer'}}${unit ? '(unit)' : ''}`;
  const field = /phys/i.test(subject ?? '') ? 'Physics' : 'Math';
  const units = unit ? ', note that the unit of the answer should not be included in \\boxed{}' : '';
  return `The following is an open-ended problem from an International ${field} competition. ${wanted}Please calculate the answer according to the given requirements and the information provided. Please use LaTeX format to represent the variables and formulas used in the solution process and results. Please end your solution with "So the final answer is ${box}." and give the result explicitly${units}.`;
}

function isWithin(answer: string, expected: string, tolerance: number): boolean {
  const [given, wanted] = [numberOf(answer), numberOf(expected)];
  return given !== null && wanted !== null && Math.abs(given - wanted) <= 1.01 * tolerance;
}
