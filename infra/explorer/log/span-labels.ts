/**
 * Classes of a corpus's spans. In: the bytes of a file of labels: JSON lines, gzipped or not, each a paragraph with its `text` and its `spans` (`start`, `end`, `class`; offsets in UTF-16 code units,
 * `end` exclusive). Out: a function that tells the class of what a mask hides. Can go wrong: INPUT_MALFORMED for a line that is none, with its number.
 */
import { spanClass, unlabelledClass } from '../../../operators/evaluation/span-class.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';

export interface HiddenText {
  /** Of the paragraph. */
  readonly text: string;
  readonly maskText: string;
  readonly spanStarts: readonly number[];
}

/** @returns `unlabelled` for a paragraph that is not in the file, or a span that no label overlaps */
export type ClassOf = (hidden: HiddenText) => string;

export async function spanLabels(bytes: ArrayBuffer, file: string): Promise<ClassOf> {
  const labelled = new Map<string, PackedSpans>();
  const classes: string[] = [];
  const codes = new Map<string, number>();
  const codeOf = (name: string): number => {
    const code = codes.get(name) ?? classes.push(name) - 1;
    codes.set(name, code);
    return code;
  };
  for (const [i, line] of (await textOf(bytes)).split('\n').entries()) {
    if (line.trim() === '') continue;
    const { text, spans } = parseLine(line, file, i + 1);
    labelled.set(text, Uint32Array.from(spans.flatMap((span) => [span.start, span.end, codeOf(span.class)])));
  }
  return ({ text, maskText, spanStarts }) => {
    const packed = labelled.get(text);
    if (packed === undefined) return unlabelledClass;
    const spans = Array.from({ length: packed.length / 3 }, (_, i) => ({ start: packed[3 * i]!, end: packed[3 * i + 1]!, class: classes[packed[3 * i + 2]!]! }));
    return spanClass(spanStarts.map((start) => ({ start, end: start + maskText.length })), spans);
  };
}

/** Start, end and class of each span: a corpus has hundreds of thousands. */
type PackedSpans = Uint32Array;

async function textOf(bytes: ArrayBuffer): Promise<string> {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  const gzipped = first === 0x1f && second === 0x8b;
  const stream = new Blob([bytes]).stream();
  return new Response(gzipped ? stream.pipeThrough(new DecompressionStream('gzip')) : stream).text();
}

interface LabelledText {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly class: string }[];
}

function parseLine(line: string, file: string, number: number): LabelledText {
  try {
    const { text, spans } = JSON.parse(line) as Partial<LabelledText>;
    const whole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
    if (typeof text === 'string' && Array.isArray(spans) && spans.every((span: Partial<LabelledText['spans'][number]>) => whole(span.start) && whole(span.end) && typeof span.class === 'string')) return { text, spans };
  } catch {
    // told below
  }
  throw new PretrainZeroError('INPUT_MALFORMED', 'no paragraph with labelled spans: `text`, and `spans` of `start`, `end` and `class`', { file, line: number });
}
