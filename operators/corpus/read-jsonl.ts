/**
 * JSON Lines as pages: `text`, and where given `id` and `title`. In: decoded bytes. Out: a page a line, and dead letters for lines that are no JSON
 * object with a text. Blank lines are passed over. Errors: those of the byte stream.
 */
import { z } from 'zod';
import type { ByteStream } from './byte-stream.ts';
import { corpusLetter } from './corpus-letter.ts';
import type { PageEvent, PagePlace } from './page.ts';
import { readLines } from './read-lines.ts';

const row = z.object({
  text: z.string(),
  id: z.union([z.string(), z.number()]).nullish(),
  title: z.string().nullish(),
});

export async function* readJsonl(stream: ByteStream, from: PagePlace, options: { readonly file: string; readonly maxPageBytes: number }): AsyncGenerator<PageEvent, void> {
  const { file, maxPageBytes } = options;
  for await (const line of readLines(stream, from, { file, maxLineBytes: maxPageBytes })) {
    if (line.kind === 'letter') {
      yield line;
      continue;
    }
    const { next, start, number } = line;
    if (line.text.trim() === '') {
      yield { kind: 'left-out', reason: 'empty', next };
      continue;
    }
    const parsed = parseRow(line.text);
    if (typeof parsed === 'string') {
      const letter = corpusLetter({ code: 'INPUT_MALFORMED', message: `line ${number} ${parsed}`, file, pageId: `${number}`, byteOffset: start.byteOffset });
      yield { kind: 'letter', letter, next };
      continue;
    }
    const page = {
      title: parsed.title ?? '',
      pageId: `${parsed.id ?? number}`,
      text: parsed.text,
      markup: 'plain',
      byteOffset: start.byteOffset,
    } as const;
    yield { kind: 'page', page, start, next };
  }
}

/** The row, or what is wrong with the line. */
function parseRow(line: string): z.infer<typeof row> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  const parsed = row.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `is not an object with a text: ${issue === undefined ? 'unknown' : `${issue.path.join('.') || 'the value'}: ${issue.message}`}`;
}
