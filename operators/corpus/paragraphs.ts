/**
 * A corpus as an Observable. In: a source, and where to begin. Out: its paragraphs and dead letters. RxJS 7 has no demand signal, so this pushes as fast as it can
 * read, one item a microtask turn; take what is needed with `take`, or pull from `ParagraphReader` itself where work must wait (the pipelines
 * do). Unsubscribing stops the reading and closes the file. Errors: those of the source.
 */
import { Observable } from 'rxjs';
import type { CorpusItem, CorpusPosition, ParagraphSource } from '../ports/paragraph-source.ts';

export function paragraphs(source: ParagraphSource, from?: CorpusPosition): Observable<CorpusItem> {
  return new Observable((subscriber) => {
    const read = async (): Promise<void> => {
      const reader = await source.open(from);
      try {
        while (!subscriber.closed) {
          const item = await reader.next();
          if (item.done === true) break;
          subscriber.next(item.value);
        }
      } finally {
        await reader.close();
      }
    };
    read().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  });
}
