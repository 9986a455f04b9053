/**
 * All paragraphs of a corpus that have the right length, in the order of the files. In: files and a cursor. Out: candidates and dead letters,
 * each with the cursor right after it; counts of what was left out. Pulled: nothing is read ahead. Memory: one page. Errors: NETWORK_FAILED; a file that
 * the disk does not give, from its beginning or from somewhere on, is a dead letter.
 */
import type { DeadLetter } from '../../schemas/records/dead-letter.ts';
import type { CorpusCounts } from './corpus-counts.ts';
import type { CorpusCursor } from './corpus-cursor.ts';
import { corpusLetter } from './corpus-letter.ts';
import { cutAtSentences, type CutPieces, type TokenLimits } from './cut-at-sentences.ts';
import type { ExcludedTexts } from './excluded-texts.ts';
import type { FoundFile } from './input-file.ts';
import { firstPage, type Page, type PagePlace, type PageReader } from './page.ts';
import { pageParagraphs } from './page-paragraphs.ts';
import type { RenderTemplate } from './render-template.ts';

export interface Candidate {
  readonly text: string;
  readonly tokenCount: number;
  readonly title: string;
  readonly sections: readonly string[];
  readonly file: string;
  readonly pageId: string;
  readonly byteOffset: number;
  readonly paragraphIndex: number; // within its page, from 0
}

export type CandidateEvent = { readonly next: CorpusCursor } & (
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  | { readonly kind: 'letter'; readonly letter: DeadLetter }
);

export interface ReadCandidatesDeps {
  readonly files: readonly FoundFile[];
  readonly openPages: (file: FoundFile) => Promise<PageReader>;
  readonly renderTemplate: RenderTemplate;
  readonly countTokens: (text: string) => number;
  readonly limits: TokenLimits;
  readonly excluded: ExcludedTexts;
  readonly counts: CorpusCounts;
}

export async function* readCandidates(from: CorpusCursor, deps: ReadCandidatesDeps): AsyncGenerator<CandidateEvent, void> {
  const { counts } = deps;
  for (let index = from.file; index < deps.files.length; index++) {
    const file = deps.files[index]!;
    const resumed = index === from.file;
    const cursorAt = (place: PagePlace | null, paragraph = 0): CorpusCursor =>
      place === null ? { file: index + 1, place: firstPage, paragraph: 0 } : { file: index, place, paragraph };

    let reader: PageReader | undefined;
    let byteOffset = resumed ? from.place.byteOffset : 0;
    try {
      reader = await deps.openPages(file);
      for await (const event of reader.pages(resumed ? from.place : firstPage)) {
        byteOffset = event.next?.byteOffset ?? byteOffset;
        if (event.kind === 'letter') {
          counts.letters++;
          yield { kind: 'letter', letter: event.letter, next: cursorAt(event.next) };
          if (event.next === null) break;
          continue;
        }
        if (event.kind === 'left-out') {
          counts.pagesLeftOut[event.reason]++;
          continue;
        }
        counts.pages++;
        const candidates = candidatesOf(event.page, file.address, deps);
        const first = resumed && samePlace(event.start, from.place) ? from.paragraph : 0;
        for (let k = first; k < candidates.length; k++) {
          const next = k + 1 < candidates.length ? cursorAt(event.start, k + 1) : cursorAt(event.next);
          yield { kind: 'candidate', candidate: candidates[k]!, next };
        }
      }
    } catch (error) {
      if (!isOfDisk(error)) throw error;
      counts.letters++;
      const message = `the file cannot be read: ${error.message}`;
      yield { kind: 'letter', letter: corpusLetter({ code: 'INPUT_MALFORMED', message, file: file.address, byteOffset }), next: cursorAt(null) };
    } finally {
      await reader?.close();
    }
  }
}

function candidatesOf(page: Page, file: string, deps: ReadCandidatesDeps): Candidate[] {
  const { counts, excluded } = deps;
  const { paragraphs, unclean } = pageParagraphs(page, deps.renderTemplate);
  for (const reason of unclean) counts.unclean[reason]++;
  const candidates: Candidate[] = [];
  for (const { sections, text } of paragraphs) {
    if (excluded.has(text)) {
      counts.excluded++;
      continue;
    }
    const cut = page.markup === 'question' ? wholeOrNone(text, deps) : cutAtSentences(text, deps.countTokens, deps.limits);
    counts.tooShort += cut.tooShort;
    counts.tooLong += cut.tooLong;
    for (const piece of cut.pieces) {
      if (piece.text !== text && excluded.has(piece.text)) {
        counts.excluded++;
        continue;
      }
      const { title, pageId, byteOffset } = page;
      candidates.push({ ...piece, title, sections, file, pageId, byteOffset, paragraphIndex: candidates.length });
    }
  }
  return candidates;
}

/** A question is not cut. */
function wholeOrNone(text: string, { countTokens, limits }: ReadCandidatesDeps): CutPieces {
  const tokenCount = countTokens(text);
  const [tooShort, tooLong] = [tokenCount < limits.minTokens ? 1 : 0, tokenCount > limits.maxTokens ? 1 : 0];
  return { pieces: tooShort + tooLong > 0 ? [] : [{ text, tokenCount }], tooShort, tooLong };
}

/** Whether an error is one of the operating system: no such file, no access, broken disk. */
function isOfDisk(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

function samePlace(a: PagePlace, b: PagePlace): boolean {
  return a.at === b.at && a.skip === b.skip && a.record === b.record;
}
