/** The side file of a corpus: which class each span of its paragraphs belongs to. In: the text of a JSONL file. Out: labelled spans by the paragraph's text. Fails with INPUT_MALFORMED, naming file and line. */
import { z } from 'zod';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { LabelledSpan } from '../evaluation/held-out-items.ts';

const offset = z.int().min(0); // UTF-16 code units
const labelledParagraph = z.object({ text: z.string().min(1), spans: z.array(z.object({ start: offset, end: offset, class: z.string().min(1) })) });

/** @param file named in errors. */
export function parseLabelledParagraphs(jsonl: string, file: string): Map<string, readonly LabelledSpan[]> {
  const paragraphs = jsonl.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = labelledParagraph.safeParse(jsonOf(line));
    if (!parsed.success) throw new PretrainZeroError('INPUT_MALFORMED', 'not a paragraph with labelled spans', { file, line: index + 1 });
    return [[parsed.data.text, parsed.data.spans] as const];
  });
  return new Map(paragraphs);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
