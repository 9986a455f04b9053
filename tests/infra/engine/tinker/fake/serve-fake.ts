/** A fake server on a port of this machine. In: what answers, and what goes wrong. Out: its address, and all that was asked. It can be killed and started again over what lies on its disk. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noFaults, type Fault, type Faults } from './fault.ts';
import { FakeTinker, type FakeTinkerOptions } from './fake-tinker.ts';
import { Refusal } from './refusal.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export class ServedFake {
  /** What goes wrong from here on. */
  faults: Faults = noFaults;
  readonly asked: Asked[] = [];
  tinker: FakeTinker;
  readonly #options: FakeTinkerOptions;
  readonly #server: Server;
  readonly #counts = new Map<string, number>();

  private constructor(options: FakeTinkerOptions) {
    this.#options = options;
    this.tinker = new FakeTinker(options);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: FakeTinkerOptions): Promise<ServedFake> {
    const fake = new ServedFake(options);
    await new Promise<void>((done) => fake.#server.listen(0, '127.0.0.1', done));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The process dies and comes back: models, sessions and futures are gone, checkpoints are there. */
  async restart(): Promise<void> {
    const old = this.tinker;
    this.tinker = new FakeTinker(this.#options);
    await old.close();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    await this.tinker.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray() as Buffer[]);
    const path = (request.url ?? '').slice('/api/v1/'.length);
    const before = this.#counts.get(path) ?? 0;
    this.#counts.set(path, before + 1);
    this.asked.push({ method: request.method ?? '', path, headers: request.headers, body });
    const fault = this.faults({ path, before });
    if (fault === 'cut') return void request.socket.destroy();
    const told = toldBy(fault);
    if (told !== null) return send(response, told.status, told.body, told.headers);
    if (fault === 'forget-future') this.tinker.forgetFuture((JSON.parse(body.toString()) as { request_id: string }).request_id);
    try {
      const result = await this.tinker.answer(request.method ?? '', path, body, request.headers['content-type'] ?? '');
      if (fault === 'reply-lost') return void request.socket.destroy();
      send(response, 200, result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.status, { detail: error.message });
    }
  }
}

interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

function toldBy(fault: Fault | null): Told | null {
  if (fault === 'try-again') return { status: 200, body: { type: 'try_again', request_id: '', queue_state: 'active' }, headers: {} };
  if (fault === 'failed') return { status: 200, body: { error: 'the batch failed', category: 'server' }, headers: {} };
  if (fault === null || typeof fault === 'string') return null;
  const { status, retryAfterSeconds } = fault;
  return { status, body: { detail: `a fault with status ${status}` }, headers: retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) } };
}

function send(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>> | Uint8Array, headers: Readonly<Record<string, string>> = {}): void {
  const binary = body instanceof Uint8Array;
  response.writeHead(status, { 'Content-Type': binary ? 'application/x-protobuf' : 'application/json', ...headers }).end(binary ? body : JSON.stringify(body));
}
