/**
 * OlympiadBench (He et al. 2024), its open-ended text problems in English: mathematics and physics. Published as JSON and Parquet: `id`, `question`, `context`, `final_answer` (a list),
 * `answer_type`, `is_multiple_answer`, `unit`, `error` (absolute tolerances of the answers, by commas), `subfield`, and on the hub `subject`, `language` and `modality`, which the JSON files have in their name
 * (`OE_TO_physics_en_COMP`). The prompt names the kind of answer, as published. The answer is what is boxed after the last "So the final answer is", else the last box. Accuracy; numbers within the published
 * tolerance, everything else equivalent as LaTeX. Problems with images, in Chinese, or that ask for a proof are refused.
 */
import { z } from 'zod';
import { isEquivalentAnswer } from '../answers/equivalent-answer.ts';
import { defineBenchmark, label } from './benchmark.ts';
import { allBoxed, finalAnswer } from './final-answer.ts';
import { isWithinTolerances } from './within-tolerances.ts';

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
  name: 'olympiad-bench@2',
  source: 'hf://datasets/Hothan/OlympiadBench/OlympiadBench/OE_TO_maths_en_COMP/*.parquet',
  samples: 0,
  metric: 'mean',
  endsBefore: [],
  row,
  question(row, { file }) {
    const fields = { ...named(file), ...withoutNulls(row) };
    const expected = (fields.final_answer ?? []).join(', ').replaceAll('$', '').trim();
    if (expected === '') return 'final_answer: there is none; theorems to prove cannot be checked';
    if (fields.modality != null && !/text/i.test(fields.modality)) return `modality: ${fields.modality} needs pictures`;
    if (fields.language != null && !/^en/i.test(fields.language)) return `language: ${fields.language} is not English`;
    const problem = [fields.context ?? '', fields.question].filter((text) => text !== '').join('\n');
    const tolerances = String(fields.error ?? '').split(',').map(Number);
    return {
      id: fields.id,
      category: fields.subfield ?? fields.subject ?? '',
      expected,
      worked: `${instruction(fields)}\n${problem}\nSo the final answer is \\boxed{${expected}}.`,
      prompt: (examples) => [...examples.map(({ worked }) => worked), `${instruction(fields)}\n${problem}`].join('\n\n'),
      answer: olympiadAnswer,
      isRight: (answer) => isEquivalentAnswer(answer.replaceAll('$', ' '), expected) || isWithinTolerances(answer.replaceAll('$', ' '), expected, tolerances),
    };
  },
});

/** What the file's name says of its rows. */
function named(file: string): Partial<Row> {
  const name = file.split('/').at(-1)!;
  const [, modality, subject, language] = /_(TO|MM)_(maths|physics)_(en|zh)_/.exec(name) ?? [];
  if (modality === undefined) return {};
  return { modality: modality === 'TO' ? 'Text-only' : 'Multimodal', subject: subject === 'maths' ? 'Math' : 'Physics', language: language === 'en' ? 'English' : 'Chinese' };
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value != null)) as Row;
}

function olympiadAnswer(response: string): string | null {
  const said = [...response.matchAll(/So the final answer is (.*)/g)].at(-1)?.[1] ?? '';
  return allBoxed(said) ?? finalAnswer(response);
}

const kinds = [
  ['Numerical', 'a numerical value'],
  ['Expression', 'an expression'],
  ['Equation', 'an equation'],
  ['Interval', 'an interval'],
] as const;

function instruction({ answer_type: type, is_multiple_answer: several, unit, subject }: Row): string {
  const wanted = kindsWanted(type ?? '', several === true);
  const box = `\\boxed{${several === true ? 'multiple answers connected with commas' : 'answer'}}${unit ? '(unit)' : ''}`;
  const field = /phys/i.test(subject ?? '') ? 'Physics' : 'Math';
  const units = unit ? ', note that the unit of the answer should not be included in \\boxed{}' : '';
  return `The following is an open-ended problem from an International ${field} competition. ${wanted}Please calculate the answer according to the given requirements and the information provided. Please use LaTeX format to represent the variables and formulas used in the solution process and results. Please end your solution with "So the final answer is ${box}." and give the result explicitly${units}.`;
}

function kindsWanted(type: string, several: boolean): string {
  const kindOf = (part: string): string | undefined => kinds.find(([name]) => part.includes(name))?.[1];
  if (/Need_human_evaluate|Tuple/.test(type) || kindOf(type) === undefined) return '';
  if (!several) return `The answer of The problem should be ${kindOf(type)}. `;
  const found = type.split(',').map(kindOf);
  if (new Set(found).size === 1) return `The problem has multiple answers, each of them should be ${found[0]}. `;
  return `The problem has multiple answers, with the answers in order being ${found.join(', ')}. `;
}
