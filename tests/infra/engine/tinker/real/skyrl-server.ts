/**
 * A real SkyRL server on CPUs, for one test. In: the folder of `infra/setup/skyrl.sh`, and the base model that it serves. Out: its address. It can be killed, with the engine behind it, and started again over what lies on its
 * disk. A shape of arrays that was compiled once lies in the folder and is not compiled again.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../../../../infra/kafka/free-port.ts';

/** One row a time: each length is compiled once, whatever the number of rows. */
const backendConfig = { max_lora_adapters: 3, max_lora_rank: 8, train_micro_batch_size: 1, sample_max_num_sequences: 32 };
const betweenMs = 250;

export class SkyrlServer {
  readonly url: string;
  readonly model: string;
  readonly #folder: string;
  readonly #disk: string;
  readonly #port: number;
  #process: ChildProcess | null = null;

  private constructor(folder: string, model: string, port: number) {
    this.#folder = folder;
    this.model = model;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#disk = mkdtempSync(join(tmpdir(), 'pretrainzero-skyrl-'));
  }

  static async start(t: TestContext, folder: string, model: string): Promise<SkyrlServer> {
    const server = new SkyrlServer(folder, model, await freePort());
    t.after(async () => {
      await server.kill();
      rmSync(server.#disk, { recursive: true, force: true });
    });
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const log = openSync(join(this.#disk, 'log'), 'a');
    const options = [
      ...['--base-model', this.model, '--backend', 'jax', '--backend-config', JSON.stringify(backendConfig), '--port', String(this.#port), '--host', '127.0.0.1'],
      ...['--checkpoints-base', join(this.#disk, 'checkpoints'), '--database-url', `sqlite:///${join(this.#disk, 'tinker.db')}`],
    ];
    const environment = {
      ...process.env,
      VIRTUAL_ENV: this.#folder,
      PATH: `${join(this.#folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      HF_HUB_OFFLINE: '1',
      JAX_PLATFORMS: 'cpu',
      JAX_COMPILATION_CACHE_DIR: join(this.#folder, 'compiled'),
      JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS: '0',
    };
    // The server finds how to start its engine in the command that it was started by.
    const started = spawn('uv', ['run', '--active', '--no-project', '--offline', '-m', 'skyrl.tinker.api', ...options], { env: environment, cwd: this.#disk, detached: true, stdio: ['ignore', log, log] });
    this.#process = started;
    while (!(await isHealthy(this.url))) {
      if (started.exitCode !== null) throw new Error(`the server ended:\n${this.logged()}`);
      await wait(betweenMs);
    }
  }

  /** At once, its engine with it. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running?.pid === undefined || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    process.kill(-running.pid, 'SIGKILL');
    await ended;
  }

  /** The archive of weights that were saved to sample by. @param path `tinker://MODEL/NAME` */
  samplerArchive(path: string): string {
    const [model, name] = path.slice('tinker://'.length).split('/');
    return join(this.#disk, 'checkpoints', model!, 'sampler_weights', `${name}.tar.gz`);
  }

  /** The end of what it wrote. */
  logged(): string {
    return readFileSync(join(this.#disk, 'log'), 'utf8').slice(-4000);
  }
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/api/v1/healthz`).then(({ ok }) => ok, () => false);
}
