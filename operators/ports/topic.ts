import type { Observable } from 'rxjs';

/** How much a topic holds; what the watchdog and the graph's figures are made of. */
export interface TopicState {
  readonly name: string;
  /** Messages published so far. */
  readonly published: number;
  /** Messages acknowledged so far: their consumer has passed on what it made of them. */
  readonly acknowledged: number;
  /** Bytes of all messages published so far, approximate. */
  readonly bytes: number;
  /** Bytes of the messages not yet acknowledged, approximate. */
  readonly waitingBytes: number;
  /** The most messages that ever waited at once. */
  readonly peakWaiting: number;
}

/** What lies between two stages. Messages come out in the order in which they went in. One consumer. */
export interface Topic<T> {
  readonly name: string;
  publish(message: T): void;
  /** No message will follow. */
  end(): void;
  /** Every message published, the ones before the subscription included; completes after `end`. */
  messages(): Observable<T>;
  /** The oldest unacknowledged message is done with: what came of it lies on the next topic. */
  acknowledge(): void;
  state(): TopicState;
}
