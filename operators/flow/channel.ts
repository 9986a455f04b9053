/**
 * A one-way channel with one reader: what goes in before the reader is there waits for it, what comes after goes straight
 * through, and nothing is kept once read (a ReplaySubject would keep it all). A second reader is an error.
 */
import { Observable, Subject, type Observer } from 'rxjs';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';

export interface Channel<T> extends Observer<T> {
  readonly messages: Observable<T>;
}

/** @param name for the error's message. */
export function createChannel<T>(name: string): Channel<T> {
  const live = new Subject<T>();
  let early: ((to: Observer<T>) => void)[] | null = [];
  const pass = (event: (to: Observer<T>) => void): void => {
    if (early === null) event(live);
    else early.push(event);
  };
  return {
    next: (value) => pass((to) => to.next(value)),
    error: (error) => pass((to) => to.error(error)),
    complete: () => pass((to) => to.complete()),
    messages: new Observable<T>((reader) => {
      if (early === null) throw new PretrainZeroError('USAGE', `${name} has a reader already`);
      const waiting = early;
      early = [];
      const subscription = live.subscribe(reader);
      // An event's handling may send the next one: the queue drains until it is empty, then the way is open.
      for (let queue = waiting; queue.length > 0; queue = early.splice(0)) for (const event of queue) event(live);
      early = null;
      return subscription;
    }),
  };
}
