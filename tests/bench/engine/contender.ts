/**
 * A process that is measured. In: its command and its job. Out: the figures of each round, the peak of its memory. Wrong: an Error with the last that it said,
 * where it ends before it is told to.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Job } from './job.ts';
import { peakBytes } from './peak-bytes.ts';

export interface ContenderCommand {
  readonly program: string;
  /** The job's file is put behind them. */
  readonly args: readonly string[];
}

/** Of one round: `seconds`, and what else the measurement tells. */
export type Figures = Readonly<Record<string, unknown>>;

const keptErrorCharacters = 2000;

export class Contender {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #reports: AsyncIterator<string>;
  #errors = '';

  private constructor(process: ChildProcess, folder: string) {
    this.#process = process;
    this.#folder = folder;
    this.#reports = createInterface({ input: process.stdio[3] as Readable })[Symbol.asyncIterator]();
    process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#errors = (this.#errors + text).slice(-keptErrorCharacters)));
    process.stdin!.on('error', () => undefined); // its end is told by its reports
  }

  /** Resolves when the process is warm. @throws Error */
  static async start({ program, args }: ContenderCommand, job: Job): Promise<Contender> {
    const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-'));
    const jobFile = join(folder, 'job.json');
    await writeFile(jobFile, JSON.stringify(job));
    const env = { ...process.env, OMP_NUM_THREADS: String(job.threads), HF_HUB_OFFLINE: '1' };
    const contender = new Contender(spawn(program, [...args, jobFile], { env, cwd: folder, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] }), folder);
    await contender.#report();
    return contender;
  }

  /** @throws Error */
  async round(): Promise<Figures> {
    this.#process.stdin!.write('\n');
    return (await this.#report()) as Figures;
  }

  /** @returns the most memory that the process and its children held, in bytes; null where the system does not tell */
  peakBytes(): number | null {
    return peakBytes(this.#process.pid!);
  }

  async stop(): Promise<void> {
    this.#process.stdin!.end();
    if (this.#process.exitCode === null && this.#process.signalCode === null) await new Promise((resolve) => this.#process.once('exit', resolve));
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #report(): Promise<unknown> {
    const line = await this.#reports.next();
    if (line.done !== true) return JSON.parse(line.value);
    await this.stop();
    throw new Error(this.#errors.trim() || `ended with ${String(this.#process.signalCode ?? this.#process.exitCode)}`);
  }
}
