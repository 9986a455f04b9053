/**
 * In: messages of admitted paragraphs in any order. Out: one array per batch (in one process the cohort: the paragraphs admitted together), in slot
 * order, as soon as it is whole. It is one batch of rollouts, so what the engine computes does not depend on arrival order.
 * Fails with RECORD_INVALID where the source ends within a batch or a slot lies outside its cohort.
 */
import { Observable, type OperatorFunction } from 'rxjs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';

/** Which paragraphs are sampled together with a given one: the name of their batch, unique in a run, and how many they are. */
export type BatchOf = (paragraph: Paragraph) => { readonly name: string; readonly size: number };

/** The paragraphs that were admitted together. */
export const wholeCohort: BatchOf = ({ step, cohortFirstSlot, cohortSize }) => ({ name: `${step}/${cohortFirstSlot}`, size: cohortSize });

/**
 * Collects whole batches. A message that comes again while its batch is open counts once.
 *
 * ```text
 * -(1/01)--(1/00)-------(2/00)--(2/01)--|
 *              cohorts()
 * ---------[1/00,1/01]----------[2/00,2/01]--|
 * ```
 */
export function cohorts<T>(paragraphOf: (message: T) => Paragraph, batchOf: BatchOf = wholeCohort): OperatorFunction<T, T[]> {
  return (source) =>
    new Observable<T[]>((subscriber) => {
      const open = new Map<string, Map<number, T>>();
      const subscription = source.subscribe({
        next: (message) => {
          const paragraph = paragraphOf(message);
          const { id, slot, cohortFirstSlot, cohortSize } = paragraph;
          if (slot < cohortFirstSlot || slot >= cohortFirstSlot + cohortSize) {
            subscriber.error(new PretrainZeroError('RECORD_INVALID', `slot ${slot} is outside its cohort of ${cohortSize} from ${cohortFirstSlot}`, { id }));
            return;
          }
          const { name, size } = batchOf(paragraph);
          const members = open.get(name) ?? new Map<number, T>();
          open.set(name, members.set(slot, message));
          if (members.size < size) return;
          open.delete(name);
          subscriber.next([...members].sort(([a], [b]) => a - b).map(([, member]) => member));
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => {
          const [members] = open.values();
          if (members === undefined) {
            subscriber.complete();
            return;
          }
          const [first] = members.values();
          const paragraph = paragraphOf(first!);
          const { size } = batchOf(paragraph);
          subscriber.error(new PretrainZeroError('RECORD_INVALID', `the stream ended with ${members.size} of the ${size} paragraphs of a batch`, { id: paragraph.id }));
        },
      });
      return subscription;
    });
}
