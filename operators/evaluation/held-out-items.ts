/**
 * Held-out sets. In: the text of a JSONL file. Out: typed items. Fails with INPUT_MALFORMED, naming file and line, on a line that is not
 * an item, on offsets that do not cut out the mask, on an id that comes twice, and on a file without items.
 */
import { z } from 'zod';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

const offset = z.int().min(0); // UTF-16 code units

const clozeItem = z.object({
  id: z.string().min(1),
  title: z.string(),
  paragraph: z.unknown().optional(), // where the text came from; not used
  text: z.string().min(1), // the whole paragraph
  start: offset,
  end: offset, // exclusive
  mask: z.string().min(1), // text.slice(start, end)
  class: z.string().min(1),
});
/** A masked span to predict. */
export type ClozeItem = Readonly<z.infer<typeof clozeItem>>;

const labelledSpan = z.object({ start: offset, end: offset, class: z.string().min(1), kind: z.string().optional() });

const probeItem = z.object({
  id: z.string().min(1),
  title: z.string(),
  paragraph: z.unknown().optional(),
  text: z.string().min(1),
  spans: z.array(labelledSpan),
});
/** A paragraph on which masks are sampled, with the classes of its spans. */
export type ProbeItem = Readonly<z.infer<typeof probeItem>>;
export type LabelledSpan = ProbeItem['spans'][number];

/** @param file named in errors. */
export function parseClozeItems(jsonl: string, file: string): ClozeItem[] {
  return parseLines(jsonl, file, clozeItem, ({ text, start, end, mask }) =>
    text.slice(start, end) === mask ? null : `text from ${start} to ${end} is not the mask "${mask}"`,
  );
}

/** @param file named in errors. */
export function parseProbeItems(jsonl: string, file: string): ProbeItem[] {
  return parseLines(jsonl, file, probeItem, ({ text, spans }) => {
    const wrong = spans.find(({ start, end }) => start >= end || end > text.length);
    return wrong === undefined ? null : `the span from ${wrong.start} to ${wrong.end} is not within the text`;
  });
}

function parseLines<T extends { readonly id: string }>(
  jsonl: string,
  file: string,
  schema: z.ZodType<T>,
  wrongWith: (item: T) => string | null,
): T[] {
  const items: T[] = [];
  const ids = new Set<string>();
  jsonl.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const malformed = (what: string): never => {
      throw new PretrainZeroError('INPUT_MALFORMED', `not a held-out item: ${what}`, { file, line: index + 1 });
    };
    const parsed = schema.safeParse(parseJson(line, malformed));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return malformed(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`);
    }
    const wrong = ids.has(parsed.data.id) ? `the id "${parsed.data.id}" comes twice` : wrongWith(parsed.data);
    if (wrong !== null) return malformed(wrong);
    ids.add(parsed.data.id);
    items.push(parsed.data);
  });
  if (items.length === 0) throw new PretrainZeroError('INPUT_MALFORMED', 'the file holds no held-out items', { file });
  return items;
}

function parseJson(line: string, malformed: (what: string) => never): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    return malformed(error instanceof Error ? error.message : 'not JSON');
  }
}
