/**
 * In: messages of admitted paragraphs in any order. Out: one array per cohort (the paragraphs admitted together), in slot order, as soon
 * as it is whole. A cohort is one batch of rollouts, so what the engine computes does not depend on arrival order.
 * Fails with RECORD_INVALID where the source ends within a cohort or a slot lies outside its cohort.
 */
import { Observable, type OperatorFunction } from 'rxjs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import type { Paragraph } from '../../schemas/records/paragraph.ts';

/**
 * Collects whole cohorts. A message that comes again while its cohort is open counts once.
 *
 * ```text
 * -(1/01)--(1/00)-------(2/00)--(2/01)--|
 *              cohorts()
 * ---------[1/00,1/01]----------[2/00,2/01]--|
 * ```
 */
export function cohorts<T>(paragraphOf: (message: T) => Paragraph): OperatorFunction<T, T[]> {
  return (source) =>
    new Observable<T[]>((subscriber) => {
      const open = new Map<string, Map<number, T>>();
      const subscription = source.subscribe({
        next: (message) => {
          const { id, step, slot, cohortFirstSlot, cohortSize } = paragraphOf(message);
          if (slot < cohortFirstSlot || slot >= cohortFirstSlot + cohortSize) {
            subscriber.error(new PretrainZeroError('RECORD_INVALID', `slot ${slot} is outside its cohort of ${cohortSize} from ${cohortFirstSlot}`, { id }));
            return;
          }
          const key = `${step}/${cohortFirstSlot}`;
          const members = open.get(key) ?? new Map<number, T>();
          open.set(key, members.set(slot, message));
          if (members.size < cohortSize) return;
          open.delete(key);
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
          const { id, cohortSize } = paragraphOf(first!);
          subscriber.error(new PretrainZeroError('RECORD_INVALID', `the stream ended with ${members.size} of the ${cohortSize} paragraphs of a cohort`, { id }));
        },
      });
      return subscription;
    });
}
