/** Question-and-answer data as pages. In: a file of rows. Out: a page a row, its text the question with the answer on the last line; dead letters for rows that are none. Fails as the file's reads do; a file that cannot be read on is a dead letter. */
import { corpusLetter } from '../../operators/corpus/corpus-letter.ts';
import type { InputFile } from '../../operators/corpus/input-file.ts';
import type { PageEvent, PagePlace } from '../../operators/corpus/page.ts';
import { joinQuestion } from '../../operators/corpus/question-text.ts';
import { readQuestionRow } from '../../operators/corpus/read-question-row.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { rowsOf } from './read-rows.ts';

/** @param from `at` and `record` are the row. */
export async function* readQuestions(file: InputFile, from: PagePlace, options: { readonly file: string; readonly maxPageBytes: number }): AsyncGenerator<PageEvent, void> {
  const placeOf = (row: number): PagePlace => ({ at: row, skip: 0, byteOffset: 0, record: row });
  let row = 0;
  try {
    for await (const value of rowsOf(file)) {
      const index = row++;
      if (index < from.record) continue;
      const read = readQuestionRow(value);
      const fault = { file: options.file, pageId: String(index), byteOffset: 0 };
      if (typeof read === 'string') {
        yield { kind: 'letter', letter: corpusLetter({ ...fault, code: 'INPUT_MALFORMED', message: `row ${index}: ${read}` }), next: placeOf(row) };
        continue;
      }
      const text = joinQuestion(read.question, read.answer);
      if (Buffer.byteLength(text) > options.maxPageBytes) {
        yield { kind: 'letter', letter: corpusLetter({ ...fault, code: 'INPUT_TOO_LARGE', message: `row ${index} has more than the ${options.maxPageBytes} bytes of corpus.maxPageBytes` }), next: placeOf(row) };
        continue;
      }
      yield { kind: 'page', page: { title: '', pageId: read.id ?? String(index), text, markup: 'question', byteOffset: 0 }, start: placeOf(index), next: placeOf(row) };
    }
  } catch (error) {
    if (!(error instanceof PretrainZeroError) || error.code === 'NETWORK_FAILED') throw error;
    yield { kind: 'letter', letter: corpusLetter({ code: error.code, message: error.message, file: options.file, pageId: String(row), byteOffset: 0 }), next: null };
  }
}
