/**
 * A corpus for tests: invented paragraphs, or those given, in order. Its position is the number of items given. With
 * `letterEvery` n, a dead letter stands before every n-th paragraph.
 */
import type { CorpusItem, ParagraphSource } from '../operators/ports/paragraph-source.ts';
import type { CorpusParagraph } from '../schemas/records/corpus-paragraph.ts';

export interface StubSourceOptions {
  /** Paragraphs in all; the stream ends after them. @default endless */
  readonly count?: number;
  readonly letterEvery?: number;
  /** Text of a paragraph. @default an invented sentence or two */
  readonly text?: (ordinal: number) => string;
  /** Awaited before each item. */
  readonly before?: (ordinal: number) => Promise<void> | void;
}

export interface StubSource extends ParagraphSource {
  /** Items given by all readers together. */
  itemsRead(): number;
}

export function createStubParagraphSource(options: StubSourceOptions = {}): StubSource {
  const { count = Infinity, letterEvery = Infinity, text = stubText } = options;
  let read = 0;
  return {
    itemsRead: () => read,
    open(from) {
      let { next, letterGiven } = { next: 0, letterGiven: false, ...(from as { next?: number; letterGiven?: boolean } | undefined) };
      const give = (item: CorpusItem) => {
        read += 1;
        return { done: false, value: item } as const;
      };
      return Promise.resolve({
        async next() {
          await options.before?.(next);
          if (next >= count) return { done: true, value: undefined };
          if (next % letterEvery === letterEvery - 1 && !letterGiven) {
            letterGiven = true;
            return give({ kind: 'dead-letter', letter: stubLetter(next) });
          }
          letterGiven = false;
          next += 1;
          return give({ kind: 'paragraph', paragraph: stubParagraph(next - 1, text(next - 1)) });
        },
        position: () => ({ next, letterGiven }),
        close: () => Promise.resolve(),
      });
    },
  };
}

export function stubText(ordinal: number): string {
  const names = ['Avora', 'Belin', 'Corvat', 'Dunmere', 'Estel', 'Farrow', 'Gildas'];
  const name = `${names[ordinal % names.length]!}${ordinal}`;
  return `${name} lies on the river Ost${ordinal % 13}. It was founded in ${1200 + ((ordinal * 37) % 700)} and has ${ordinal + 2} mills.`;
}

export function stubParagraph(ordinal: number, text: string): CorpusParagraph {
  const origin = { file: 'stub.jsonl', pageId: String(ordinal), byteOffset: ordinal * 100, paragraphIndex: 0 };
  return { text, tokenCount: text.length, title: `Page ${ordinal}`, sections: [], ...origin, ordinal, epoch: 0 };
}

function stubLetter(ordinal: number) {
  const place = { file: 'stub.jsonl', pageId: String(ordinal), byteOffset: ordinal * 100 };
  return { stage: 'corpus', code: 'INPUT_MALFORMED', message: `item ${ordinal} is broken`, role: null, recordId: null, step: null, ...place };
}
