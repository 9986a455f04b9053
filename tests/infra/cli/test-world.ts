/** The outside of the CLI for tests: a terminal that remembers, signals that a test sends, a run that a test tells. */
import { EventEmitter } from 'node:events';
import { Subject } from 'rxjs';
import type { CliWorld } from '../../../infra/cli/cli-world.ts';
import type { Terminal } from '../../../infra/cli/terminal.ts';
import { nodeFileSystem } from '../../../infra/file-system/node-file-system.ts';
import type { LaunchOptions } from '../../../pipelines/launch.ts';
import type { RunEvent, RunOutcome } from '../../../pipelines/run-events.ts';
import type { Config } from '../../../schemas/config/config.ts';

export interface TestTerminal extends Terminal {
  /** All that was written to standard output, and to standard error. */
  out(): string;
  errors(): string;
}

export function testTerminal(options: Partial<Pick<Terminal, 'interactive' | 'color'>> & { readonly width?: number } = {}): TestTerminal {
  let [out, errors] = ['', ''];
  return {
    write: (text) => void (out += text),
    complain: (text) => void (errors += text),
    interactive: options.interactive ?? false,
    color: options.color ?? false,
    columns: () => options.width ?? 100,
    out: () => out,
    errors: () => errors,
  };
}

export interface LaunchCall {
  readonly config: Config;
  readonly options: LaunchOptions;
}

export interface TestWorld extends CliWorld {
  readonly terminal: TestTerminal;
  readonly signals: EventEmitter;
  readonly launches: LaunchCall[];
  readonly exits: number[];
  /** Time of the clock, milliseconds. */
  setTime(ms: number): void;
}

/** @param play what a run tells, and how it ends. */
export function testWorld(
  play: (emit: (event: RunEvent) => void, call: LaunchCall) => Promise<RunOutcome> | RunOutcome = () => Promise.reject(new Error('no run was expected')),
  terminal: TestTerminal = testTerminal(),
): TestWorld {
  const launches: LaunchCall[] = [];
  const exits: number[] = [];
  let time = 0;
  return {
    terminal,
    folder: '/home/someone',
    command: 'npx pretrainzero',
    clock: { now: () => time, wallTime: () => time },
    setTime: (ms) => (time = ms),
    signals: new EventEmitter(),
    fileSystem: nodeFileSystem,
    environment: {},
    exit: (code) => void exits.push(code),
    exits,
    launches,
    orphaned: new AbortController().signal,
    launch: (config, options) => {
      launches.push({ config, options });
      const events = new Subject<RunEvent>();
      const done = new Promise((resolve) => setImmediate(resolve)).then(() => play((event) => events.next(event), { config, options })).finally(() => events.complete());
      return { events, done };
    },
  };
}
