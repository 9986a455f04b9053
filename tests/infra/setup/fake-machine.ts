/** A machine of files with sizes and texts, on which commands only leave behind what they should. */
import type { Command, SetupWorld } from '../../../infra/setup/setup-world.ts';

export class FakeMachine implements SetupWorld {
  platform = 'linux-x64';
  nodeVersion = '20.11.0';
  readonly nodePath = '/opt/node/bin/node';
  /** Bytes by path. */
  readonly files = new Map<string, number>();
  readonly texts = new Map<string, string>();
  /** Programs, or a program and its first arguments, that are not there or fail. */
  readonly broken = new Set<string>();
  readonly ran: string[] = [];
  readonly said: string[] = [];
  digest = '';
  readonly #leaveBehind: (command: Command, machine: FakeMachine) => void;

  constructor(leaveBehind: (command: Command, machine: FakeMachine) => void) {
    this.#leaveBehind = leaveBehind;
  }

  succeeds(command: Command): boolean {
    return !this.#isBroken(command);
  }

  run(command: Command): boolean {
    const { program, args } = command;
    this.ran.push(program === this.nodePath ? 'check' : `${program} ${args[0]!}`);
    if (this.#isBroken(command)) return false;
    this.#leaveBehind(command, this);
    return true;
  }

  write(path: string, text = ''): void {
    this.files.set(path, 1);
    this.texts.set(path, text);
  }

  size(path: string): number | null {
    return this.files.get(path) ?? null;
  }

  text(path: string): string | null {
    return this.texts.get(path) ?? null;
  }

  sha256(): Promise<string> {
    return Promise.resolve(this.digest);
  }

  makeFolder(): void {
    // Folders are not written down.
  }

  remove(path: string): void {
    for (const file of this.#below(path)) this.#delete(file);
  }

  move(from: string, to: string): void {
    if (this.#below(to).length > 0 && !this.files.has(to)) throw new Error(`${to} is a folder that is not empty`);
    for (const file of this.#below(from)) {
      const target = to + file.slice(from.length);
      this.files.set(target, this.files.get(file)!);
      const text = this.texts.get(file);
      this.#delete(file);
      if (text !== undefined) this.texts.set(target, text);
    }
  }

  seconds(): number {
    return 0;
  }

  say(line: string): void {
    this.said.push(line);
  }

  #below(path: string): string[] {
    return [...this.files.keys()].filter((file) => file === path || file.startsWith(`${path}/`));
  }

  #delete(file: string): void {
    this.files.delete(file);
    this.texts.delete(file);
  }

  #isBroken({ program, args }: Command): boolean {
    return [program, `${program} ${args[0]!}`, `${program} ${args.slice(0, 2).join(' ')}`].some((name) => this.broken.has(name));
  }
}
