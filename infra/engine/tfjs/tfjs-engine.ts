/**
 * The policy model on TensorFlow.js, coordinated from this thread. Operations block the event loop, so runs use `createTfjsEngine`, which gives the engine a
 * thread of its own. In: a model and options. Out: the port's `Engine`. Wrong: the port's errors, BACKEND_UNAVAILABLE when opened.
 *
 * Work is cut into passes by the model's size alone, and their results are put together in order: neither threads nor replicas change a bit.
 */
import type {
  AccumulateReport,
  AccumulateRequest,
  Engine,
  EngineInfo,
  EntropyText,
  GenerateProgress,
  GenerateRequest,
  GenerateResult,
  StepRequest,
  StepResult,
  TrainingGroup,
} from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { checkPrompts, checkTexts, checkTrainingGroups } from './check-tokens.ts';
import { Critic } from './critic/critic.ts';
import { removeHead } from './critic/head-files.ts';
import { asEngineError } from './engine-error.ts';
import type { TfjsEngineOptions } from './engine-options.ts';
import { loadEngineState, loadOptimizer, loadSameModel, saveEngineState } from './engine-state-files.ts';
import { loadAdapterState, openAdapter, saveAdapterState } from './adapter-state-files.ts';
import { sourceOf } from '../model-files/read-model.ts';
import { PolicyWeights } from './model/policy-weights.ts';
import { ropeTables } from './model/rope-table.ts';
import { shareWeights } from './model/share-weights.ts';
import { LocalReplica } from './replicas/local-replica.ts';
import { openReplicas, type OpenReplicas } from './replicas/open-replicas.ts';
import { WorkSharing } from './replicas/work-sharing.ts';
import { Sampler } from './sampling/sampler.ts';
import { AdamW } from './training/adamw.ts';
import type { Gradients } from './training/gradients.ts';
import { openGradients } from './training/open-gradients.ts';

interface BaseFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly source: string;
}

export class TfjsEngine implements Engine {
  readonly info: EngineInfo;
  /** The originals, in memory shared with the replicas. */
  readonly #weights: PolicyWeights;
  /** Of the base model, for its checkpoints: further files, and the folder of those that lie in one. */
  readonly #files: ReadonlyMap<string, string>;
  readonly #source: string;
  readonly #work: WorkSharing;
  readonly #sampler: Sampler;
  readonly #store: Gradients;
  readonly #optimizer: AdamW;
  readonly #critic: Critic | null;
  #version = 0;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(options: TfjsEngineOptions, weights: PolicyWeights, { files, source }: BaseFiles, { backend, threads, replicas }: OpenReplicas) {
    const { config } = weights;
    this.#weights = weights;
    this.#files = files;
    this.#source = source;
    this.#work = new WorkSharing(replicas, config);
    const [replica] = replicas;
    const model = replica instanceof LocalReplica ? replica.model : { weights, ropes: ropeTables(config) };
    this.#sampler = new Sampler(model, backend.name, threads, options.maxRowsPerBatch);
    this.#store = openGradients(weights);
    this.#optimizer = new AdamW(options.optimiser);
    this.#critic = options.critic === true ? new Critic(config.width, options.optimiser) : null;
    this.info = {
      backend: backend.name,
      reason: backend.reason,
      threads,
      parameters: weights.parameters,
      trainedParameters: weights.trainedParameters,
      vocabularySize: config.vocabularySize,
      maxPositions: config.maxPositions,
      recomputesActivations: options.recomputeActivations,
    };
  }

  /**
   * Folder or file is the base model: the version is 0 and the optimiser fresh, also where it is the checkpoint of another run.
   * @throws BACKEND_UNAVAILABLE, MODEL_INVALID, MODEL_UNSUPPORTED, OUT_OF_MEMORY
   */
  static async open(options: TfjsEngineOptions): Promise<TfjsEngine> {
    try {
      const { config, weights: stored, files } = await loadEngineState(options.modelDirectory);
      const source = await sourceOf(options.modelDirectory);
      const adapter = openAdapter(options, config);
      const weights = shareWeights(stored);
      const replicas = await openReplicas({ config, weights, adapter, recomputeActivations: options.recomputeActivations }, options);
      return new TfjsEngine(options, new PolicyWeights(config, weights, adapter), { files, source }, replicas);
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
      const samples = await this.#sampler.generate(request, progress);
      const values = request.values === true ? { values: await this.#values(request.groups.map(({ promptTokens }) => promptTokens)) } : {};
      return { samples, policyVersion: this.#version, ...values };
    });
  }

  score(groups: readonly TrainingGroup[]): Promise<number[][][]> {
    return this.#inTurn(() => {
      checkTrainingGroups(groups, this.info);
      return this.#work.score(groups);
    });
  }

  entropies(texts: readonly EntropyText[]): Promise<number[][]> {
    return this.#inTurn(() => {
      checkTexts(texts, this.info);
      return this.#work.entropies(texts);
    });
  }

  accumulate(request: AccumulateRequest): Promise<AccumulateReport> {
    return this.#inTurn(() => {
      checkTrainingGroups(request.groups, this.info);
      return this.#work.accumulate(request, this.#store, this.#critic?.head ?? null);
    });
  }

  step(request: StepRequest): Promise<StepResult> {
    return this.#inTurn(async () => {
      const [ofPolicy, ofHead] = [this.#store.collect(), this.#critic?.gradients()];
      const norms = this.#optimizer.step(this.#weights.trained, ofPolicy, request);
      if (ofHead !== undefined) this.#critic!.step(ofHead, request.criticLearningRate ?? 0);
      await this.#refresh();
      this.#version += 1;
      return { ...norms, policyVersion: this.#version };
    });
  }

  discard(): Promise<void> {
    return this.#inTurn(() => {
      this.#store.clear();
      this.#critic?.head.clear();
    });
  }

  save(directory: string, { optimizer }: { readonly optimizer: boolean }): Promise<void> {
    return this.#inTurn(async () => {
      const { config, tensors, adapter } = this.#weights;
      const state = { version: this.#version, files: this.#files };
      const moments = optimizer ? this.#optimizer : null;
      if (adapter !== null) await saveAdapterState(directory, { ...state, adapter }, this.#source, moments);
      else await saveEngineState(directory, { ...state, config, weights: tensors }, this.#source, moments);
      if (this.#critic === null) await removeHead(directory);
      else await this.#critic.save(directory, this.#version, { optimizer });
    });
  }

  load(directory: string): Promise<void> {
    return this.#inTurn(async () => {
      const { config, adapter, trained } = this.#weights;
      const state = adapter === null ? await loadSameModel(directory, config) : await loadAdapterState(directory, adapter.config, config);
      await loadOptimizer(directory, state, this.#optimizer);
      await this.#critic?.load(directory, state.version);
      for (const [name, { data }] of trained) data.set(state.weights.get(name)!.data);
      await this.#refresh();
      this.#store.clear();
      this.#version = state.version;
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#sampler.close();
      await this.#work.close();
    });
  }

  async #values(prompts: readonly (readonly number[])[]): Promise<number[]> {
    if (this.#critic === null) throw new PretrainZeroError('USAGE', 'values are asked for of an engine that was opened without a critic');
    const { head } = this.#critic;
    return (await this.#work.promptStates(prompts)).map((state) => head.value(state));
  }

  /** The weights changed. */
  async #refresh(): Promise<void> {
    this.#sampler.refresh();
    await this.#work.refresh();
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
