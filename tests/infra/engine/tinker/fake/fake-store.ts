/** What outlives a restart of the fake server: the checkpoints on its disk, the models that its database names, and that no id comes twice. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export class FakeStore {
  readonly directory: string;
  /** All that were ever made. */
  readonly models = new Set<string>();
  readonly #names = new Set<string>();
  #ids = 0;

  constructor(directory: string) {
    this.directory = directory;
  }

  nextId(): number {
    return ++this.#ids;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** @param name `model/kind/checkpoint` @returns its folder */
  add(name: string): string {
    this.#names.add(name);
    const folder = this.folder(name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  folder(name: string): string {
    return join(this.directory, name);
  }

  remove(name: string): boolean {
    rmSync(this.folder(name), { recursive: true, force: true });
    return this.#names.delete(name);
  }
}
