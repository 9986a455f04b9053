/**
 * An engine that trains here and samples elsewhere: on a server that speaks OpenAI's completions. In: the engine that trains, and what the server is. Out: the port's `Engine`; samples carry the version that the server has, which is the
 * engine's own where the server loads weights, and 0 where it keeps those it was started with. Fails as the engine does, with ENGINE_UNREACHABLE and ENGINE_REFUSED.
 *
 * What is refused in a config with such an engine stands in infra/config/rollouts-relations.ts.
 */
import type { AccumulateReport, AccumulateRequest, Engine, EngineInfo, EntropyText, GenerateProgress, GenerateRequest, GenerateResult, StepRequest, StepResult, TrainingGroup } from '../../../operators/ports/engine.ts';
import { checkPrompts } from '../tfjs/check-tokens.ts';
import { sampleCompletions, type SampledBy } from './sample-completions.ts';
import type { ServedWeights } from './served-weights.ts';

export class RolloutsEngine implements Engine {
  readonly info: EngineInfo;
  readonly #trained: Engine;
  readonly #weights: ServedWeights;
  readonly #sampledBy: SampledBy;
  readonly #ended = new AbortController();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(trained: Engine, weights: ServedWeights, sampledBy: SampledBy) {
    this.info = { ...trained.info, reason: `${trained.info.reason}; rollouts by ${sampledBy.client.url}` };
    this.#trained = trained;
    this.#weights = weights;
    this.#sampledBy = sampledBy;
  }

  version(): number {
    return this.#trained.version();
  }

  generate(request: GenerateRequest, progress: GenerateProgress = () => undefined): Promise<GenerateResult> {
    return this.#inTurn(async () => {
      checkPrompts(request.groups, this.info);
      const { signal } = this.#ended;
      const { version, model } = await this.#weights.at(this.version(), (directory) => this.#trained.save(directory, { optimizer: false }), signal);
      const samples = await sampleCompletions(model, request, this.#sampledBy, signal, progress);
      return { samples, policyVersion: version };
    });
  }

  score(groups: readonly TrainingGroup[]): ReturnType<Engine['score']> {
    return this.#inTurn(() => this.#trained.score(groups));
  }

  entropies(texts: readonly EntropyText[]): ReturnType<Engine['entropies']> {
    return this.#inTurn(() => this.#trained.entropies(texts));
  }

  accumulate(request: AccumulateRequest): Promise<AccumulateReport> {
    return this.#inTurn(() => this.#trained.accumulate(request));
  }

  step(request: StepRequest): Promise<StepResult> {
    return this.#inTurn(() => this.#trained.step(request));
  }

  discard(): Promise<void> {
    return this.#inTurn(() => this.#trained.discard());
  }

  save(directory: string, options: { readonly optimizer: boolean }): Promise<void> {
    return this.#inTurn(() => this.#trained.save(directory, options));
  }

  load(directory: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#trained.load(directory);
      await this.#weights.forget(this.#ended.signal);
    });
  }

  /** Gives up what is being sampled, and takes off the server what it holds of the run. */
  close(): Promise<void> {
    this.#ended.abort(new Error('the engine was closed'));
    return this.#inTurn(async () => {
      await this.#weights.leave();
      await this.#trained.close();
    });
  }

  /** Calls are served one after the other. */
  #inTurn<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(call);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
