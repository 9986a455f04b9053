import type { FakeStore } from './fake-store.ts';
import { Refusal } from './refusal.ts';

/** JSON, or the bytes of a protobuf. */
export type Result = Readonly<Record<string, unknown>> | Uint8Array;

/** Work that is done one after the other, and asked for by a number. What goes wrong in it is a refusal of 400, told to whoever asks. */
export class FakeFutures {
  readonly #store: FakeStore;
  readonly #results = new Map<string, Promise<Result | Refusal>>();
  #work: Promise<unknown> = Promise.resolve();

  constructor(store: FakeStore) {
    this.#store = store;
  }

  start(work: () => Promise<Result>): { readonly request_id: string } {
    const id = String(this.#store.nextId());
    const result = this.#work.then(work).catch((error: unknown) => (error instanceof Refusal ? error : new Refusal(400, String(error))));
    this.#work = result;
    this.#results.set(id, result);
    return { request_id: id };
  }

  /** @throws Refusal */
  async result(id: string): Promise<Result> {
    const future = this.#results.get(id);
    if (future === undefined) throw new Refusal(404, 'Future not found');
    const result = await future;
    if (result instanceof Refusal) throw result;
    return result;
  }

  forget(id: string): void {
    this.#results.delete(id);
  }

  async settled(): Promise<void> {
    await this.#work;
  }
}
