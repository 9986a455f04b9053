/**
 * Text search in one step. In: where bytes come from, a committed step, what is sought. Out: where it stands in paragraphs, hidden texts and responses, without regard to
 * case, in order of slot. Fails as `partRows` does.
 */
import { sampleTables } from '../../sample-log/log-tables.ts';
import type { CommittedStep } from './committed-step.ts';
import type { PartBytes } from './part-bytes.ts';
import { rowsOf } from './step-samples.ts';

export type HitPlace = 'paragraph' | 'mask' | 'prediction';

export interface SearchHit {
  readonly step: number;
  readonly slot: number;
  readonly place: HitPlace;
  /** The mask that was proposed or predicted; null in the paragraph itself. */
  readonly mask: number | null;
  /** Place of the prediction in its group. */
  readonly prediction: number | null;
  /** What stands around it. */
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

const around = 40; // characters shown on either side

export async function searchStep(source: PartBytes, step: CommittedStep, query: string): Promise<SearchHit[]> {
  const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
  const [paragraphs, masks, predictions] = await Promise.all([
    rowsOf(source, step, sampleTables.paragraphs, ['slot', 'title', 'text']),
    rowsOf(source, step, sampleTables.maskRollouts, ['slot', 'index', 'responseText']),
    rowsOf(source, step, sampleTables.predictions, ['slot', 'index', 'maskIndex', 'responseText']),
  ]);
  const hits = [
    ...paragraphs.flatMap(({ slot, title, text }) => hitIn(`${title}\n${text}`, { slot, place: 'paragraph', mask: null, prediction: null })),
    ...masks.flatMap(({ slot, index, responseText }) => hitIn(responseText, { slot, place: 'mask', mask: index, prediction: null })),
    ...predictions.flatMap(({ slot, index, maskIndex, responseText }) => hitIn(responseText, { slot, place: 'prediction', mask: maskIndex, prediction: index })),
  ];
  return hits.sort((a, b) => a.slot - b.slot);

  function hitIn(text: string, at: Pick<SearchHit, 'slot' | 'place' | 'mask' | 'prediction'>): SearchHit[] {
    const found = pattern.exec(text);
    if (found === null) return [];
    const end = found.index + found[0].length;
    return [{ step: step.step, ...at, before: text.slice(Math.max(0, found.index - around), found.index), match: found[0], after: text.slice(end, end + around) }];
  }
}
