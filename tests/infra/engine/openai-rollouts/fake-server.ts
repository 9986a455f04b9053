/**
 * A server that completes prompts on a port of this machine, in one of three dialects as they are documented. In: what answers. Out: its address, and all that was asked. Weights are loaded from folders by an engine of their own,
 * so what it draws shows which it has.
 */
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { RolloutServer } from '../../../../infra/engine/openai-rollouts/rollouts-options.ts';
import type { Engine, Sample } from '../../../../operators/ports/engine.ts';
import { completionPaths, completionsOf, type CompletionBody } from './fake-completions.ts';

/** `cut`: the connection breaks before the request is looked at. `hang`: nothing comes until the client gives up. A status is answered in place of the work. */
export type Fault = 'cut' | 'hang' | { readonly status: number };

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: CompletionBody & Readonly<Record<string, unknown>>;
}

export interface FakeServerOptions {
  readonly server: RolloutServer;
  readonly open: () => Promise<Engine>;
  /** Where a sample ends. */
  readonly endTokens: readonly number[];
  /** llama.cpp: tokens whose text breaks off within a character. */
  readonly withoutLogprob?: readonly number[];
  /** Changes a sample before it is sent. */
  readonly spoil?: (sample: Sample) => Sample;
}

export const servedModel = 'base';

export class FakeCompletionsServer {
  readonly asked: Asked[] = [];
  /** Connections that the client closed while it waited. */
  givenUp = 0;
  faults: (request: { readonly path: string; readonly before: number }) => Fault | null = () => null;
  readonly #options: FakeServerOptions;
  readonly #server: Server;
  readonly #engines = new Map<string, Engine>();
  readonly #counts = new Map<string, number>();
  #work: Promise<unknown> = Promise.resolve();

  private constructor(options: FakeServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: FakeServerOptions): Promise<FakeCompletionsServer> {
    const fake = new FakeCompletionsServer(options);
    fake.#engines.set(servedModel, await options.open());
    await new Promise<void>((done) => fake.#server.listen(0, '127.0.0.1', done));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Names of the adapters that it has. */
  get adapters(): string[] {
    return [...this.#engines.keys()].filter((name) => name !== servedModel);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    await this.#work;
    for (const engine of this.#engines.values()) await engine.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    const path = request.url ?? '';
    const before = this.#counts.get(path) ?? 0;
    this.#counts.set(path, before + 1);
    const body = (text === '' ? {} : JSON.parse(text)) as Asked['body'];
    this.asked.push({ path, headers: request.headers, body });
    const fault = this.faults({ path, before });
    if (fault === 'cut') return void request.socket.destroy();
    if (fault === 'hang') return void response.on('close', () => this.givenUp++);
    if (fault !== null) return this.#send(response, fault.status, this.#refusal(`a fault with status ${fault.status} for ${String(request.headers.authorization)}`));
    const answered = this.#work.then(() => this.#answer(path, body, response)); // one after the other, so that an engine is not changed under a request
    this.#work = answered.catch(() => undefined);
    await answered;
  }

  async #answer(path: string, body: Asked['body'], response: ServerResponse): Promise<void> {
    const { server } = this.#options;
    if (path === '/v1/models') return this.#send(response, 200, { object: 'list', data: [servedModel, ...this.adapters].map((id) => ({ id, object: 'model' })) });
    if (path === completionPaths[server]) return this.#complete(body, response);
    if (server === 'vllm' && path === '/v1/load_lora_adapter') return this.#load(String(body.lora_name), String(body.lora_path), response);
    if (server === 'vllm' && path === '/v1/unload_lora_adapter') return this.#unload(String(body.lora_name), response);
    if (server === 'sglang' && path === '/load_lora_adapter') return this.#load(String(body.lora_name), String(body.lora_path), response);
    if (server === 'sglang' && path === '/unload_lora_adapter') return this.#unload(String(body.lora_name), response);
    if (server === 'sglang' && path === '/update_weights_from_disk') {
      await this.#engines.get(servedModel)!.load(String(body.model_path));
      return this.#send(response, 200, { success: true, message: 'Succeeded to update model weights.', num_paused_requests: 0 });
    }
    return this.#send(response, 404, { detail: 'Not Found' });
  }

  async #load(name: string, path: string, response: ServerResponse): Promise<void> {
    if (this.#engines.has(name)) return this.#send(response, 400, this.#refusal(`The lora adapter '${name}' has already been loaded.`));
    if (!existsSync(join(path, 'adapter_config.json')) && !existsSync(join(path, 'stub-weights.json'))) return this.#send(response, 404, this.#refusal(`No adapter found for ${path}`));
    const engine = await this.#options.open();
    await engine.load(path);
    this.#engines.set(name, engine);
    if (this.#options.server === 'sglang') return this.#send(response, 200, { success: true, loaded_adapters: {} });
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`Success: LoRA adapter '${name}' added successfully.`);
  }

  async #unload(name: string, response: ServerResponse): Promise<void> {
    const engine = this.#engines.get(name);
    if (engine === undefined || name === servedModel) return this.#send(response, 404, this.#refusal(`The lora adapter '${name}' cannot be found.`));
    this.#engines.delete(name);
    await engine.close();
    this.#send(response, 200, { success: true });
  }

  async #complete(body: CompletionBody, response: ServerResponse): Promise<void> {
    const { server } = this.#options;
    const name = server === 'sglang' && body.model.includes(':') ? body.model.slice(body.model.indexOf(':') + 1) : body.model;
    const engine = this.#engines.get(name);
    if (engine === undefined) return this.#send(response, 404, this.#refusal(`The model \`${body.model}\` does not exist.`));
    const [status, reply] = await completionsOf(body, engine, this.#options);
    this.#send(response, status, typeof reply === 'string' ? this.#refusal(reply) : reply);
  }

  #refusal(message: string): Readonly<Record<string, unknown>> {
    if (this.#options.server === 'sglang') return { object: 'error', message, type: 'BadRequestError', code: 400 };
    return { error: { message, type: 'invalid_request_error', code: 400 } };
  }

  #send(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }
}
