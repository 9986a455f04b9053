/** Reads the next items of a corpus. In: a reader, how many at most. Out: the items, with the position before the first and after each; the reader is closed. */
import type { CorpusItem, CorpusPosition, ParagraphReader } from '../../../operators/ports/paragraph-source.ts';

export async function takeItems(reader: ParagraphReader, count: number): Promise<{ items: CorpusItem[]; positions: CorpusPosition[] }> {
  const items: CorpusItem[] = [];
  const positions = [reader.position()];
  while (items.length < count) {
    const item = await reader.next();
    if (item.done === true) break;
    items.push(item.value);
    positions.push(reader.position());
  }
  await reader.close();
  return { items, positions };
}
