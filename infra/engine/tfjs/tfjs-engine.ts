/**
 * The policy model on TensorFlow.js, in this thread: its operations block the event loop, so runs use `createTfjsEngine`, which gives it a thread of
 * its own. In: a model folder and options. Out: the port's `Engine`. Wrong: the port's errors, BACKEND_UNAVAILABLE when opened.
 */
import { setImmediate } from 'node:timers/promises';
import type {
  AccumulateReport,
  AccumulateRequest,
  Engine,
  EngineInfo,
  GenerateProgress,
  GenerateRequest,
  GenerateResult,
  StepRequest,
  StepResult,
  TrainingGroup,
} from '../../../operators/ports/engine.ts';
import { openBackend, type OpenBackend } from './backend/open-backend.ts';
import { checkPrompts, checkTrainingGroups } from './check-tokens.ts';
import { asEngineError } from './engine-error.ts';
import type { TfjsEngineOptions } from './engine-options.ts';
import { loadEngineState, loadOptimizer, loadSameModel, saveEngineState, type EngineState } from './engine-state-files.ts';
import { passTokens } from './model/passes.ts';
import { PolicyWeights } from './model/policy-weights.ts';
import { RopeTable } from './model/rope-table.ts';
import { generate } from './sampling/generate.ts';
import { accumulate } from './training/accumulate.ts';
import { AdamW } from './training/adamw.ts';
import { GradientStore } from './training/gradient-store.ts';
import { score } from './training/score.ts';

const breathe = async (): Promise<void> => {
  await setImmediate();
};

export class TfjsEngine implements Engine {
  readonly info: EngineInfo;
  readonly #options: TfjsEngineOptions;
  readonly #weights: PolicyWeights;
  readonly #rope: RopeTable;
  readonly #store: GradientStore;
  readonly #optimizer: AdamW;
  readonly #maxPassTokens: number;
  #version = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(options: TfjsEngineOptions, backend: OpenBackend, { config, weights }: EngineState) {
    this.#options = options;
    this.#weights = new PolicyWeights(config, weights);
    this.#rope = new RopeTable(config.headDim, config.ropeTheta);
    this.#store = new GradientStore(this.#weights);
    this.#optimizer = new AdamW(options.optimiser);
    this.#maxPassTokens = passTokens(config);
    this.info = {
      backend: backend.name,
      reason: backend.reason,
      threads: backend.threads,
      parameters: this.#weights.parameters,
      vocabularySize: config.vocabularySize,
      maxPositions: config.maxPositions,
    };
  }

  /**
   * The folder is the base model: the version is 0 and the optimiser fresh, also where it is the checkpoint of another run.
   * @throws BACKEND_UNAVAILABLE, MODEL_INVALID, MODEL_UNSUPPORTED, OUT_OF_MEMORY
   */
  static async open(options: TfjsEngineOptions): Promise<TfjsEngine> {
    try {
      const state = await loadEngineState(options.modelDirectory);
      return new TfjsEngine(options, await openBackend(options.backend, options.threads), state);
    } catch (cause) {
      throw asEngineError(cause);
    }
  }

  version(): number {
    return this.#version;
  }

  generate(request: GenerateRequest, progress: GenerateProgress = () => undefined): Promise<GenerateResult> {
    return this.#inTurn(async () => {
      checkPrompts(request.groups, this.info);
      const sampler = { ...this.#pass(), maxRowsPerBatch: this.#options.maxRowsPerBatch };
      return { samples: await generate(request, sampler, progress), policyVersion: this.#version };
    });
  }

  score(groups: readonly TrainingGroup[]): Promise<number[][][]> {
    return this.#inTurn(() => {
      checkTrainingGroups(groups, this.info);
      return score(groups, this.#pass());
    });
  }

  accumulate(request: AccumulateRequest): Promise<AccumulateReport> {
    return this.#inTurn(() => {
      checkTrainingGroups(request.groups, this.info);
      return accumulate(request, { ...this.#pass(), store: this.#store });
    });
  }

  step(request: StepRequest): Promise<StepResult> {
    return this.#inTurn(() => {
      const gradients = this.#store.collect();
      this.#store.clear();
      const norms = this.#optimizer.step(this.#weights.tensors, gradients, request);
      this.#weights.refresh();
      this.#version += 1;
      return { ...norms, policyVersion: this.#version };
    });
  }

  discard(): Promise<void> {
    return this.#inTurn(() => this.#store.clear());
  }

  save(directory: string, { optimizer }: { readonly optimizer: boolean }): Promise<void> {
    return this.#inTurn(() => {
      const { config, tensors } = this.#weights;
      const state = { config, weights: tensors, version: this.#version };
      return saveEngineState(directory, state, this.#options.modelDirectory, optimizer ? this.#optimizer : null);
    });
  }

  load(directory: string): Promise<void> {
    return this.#inTurn(async () => {
      const state = await loadSameModel(directory, this.#weights.config);
      await loadOptimizer(directory, state, this.#optimizer);
      this.#weights.replace(state.weights);
      this.#store.clear();
      this.#version = state.version;
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#weights.refresh());
  }

  #pass(): { weights: PolicyWeights; rope: RopeTable; maxPassTokens: number; breathe: () => Promise<void> } {
    return { weights: this.#weights, rope: this.#rope, maxPassTokens: this.#maxPassTokens, breathe };
  }

  /** Calls are served one after the other. */
  #inTurn<T>(call: () => T | Promise<T>): Promise<T> {
    const result = this.#queue.then(call).catch((cause: unknown) => {
      throw asEngineError(cause);
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
