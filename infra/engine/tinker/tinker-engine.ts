/**
 * The policy model on a server that speaks the Tinker protocol: the port's calls as requests, one after the other as the port has it, the samples of one call at once. In: a session. Out: the port's `Engine`. Wrong: the port's
 * errors, ENGINE_UNREACHABLE and ENGINE_REFUSED. After an ENGINE_FAILED the run goes on from its last checkpoint, whose weights the server has.
 *
 * What is refused in a config with such an engine stands in infra/config/tinker-relations.ts.
 */
import type {
  AccumulateReport,
  AccumulateRequest,
  Engine,
  EngineInfo,
  GenerateProgress,
  GenerateRequest,
  GenerateResult,
  Sample,
  SamplingGroup,
  StepRequest,
  StepResult,
  TrainingGroup,
} from '../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { checkPrompts, checkTrainingGroups } from '../tfjs/check-tokens.ts';
import { allFinite } from '../all-finite.ts';
import type { SamplingClient } from './client/sampling-client.ts';
import type { TinkerSession } from './client/tinker-session.ts';
import { passReport } from './pass-report.ts';
import { RemotePolicy } from './remote-policy.ts';
import { readRemoteState, writeRemoteState } from './remote-state.ts';
import { responseLogprobs } from './response-logprobs.ts';
import type { TinkerEngineOptions } from './tinker-options.ts';
import { toData, toScoredDatum } from './to-data.ts';

/** The server keeps seeds in 32 bits with a sign, and adds the sample's place among those of its prompt. */
const seedMask = 0x3fff_ffff;
const gradientNorm = 'skyrl.ai/grad_norm';

export class TinkerEngine implements Engine {
  readonly info: EngineInfo;
  readonly #session: TinkerSession;
  readonly #policy: RemotePolicy;
  readonly #options: TinkerEngineOptions;
  /** A loss was not finite: what lies on the server must not be stepped by. */
  #spoiled = false;
  /** Responses since the last step, and how many it was to have. */
  #sent = 0;
  #expected: number | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(session: TinkerSession, info: EngineInfo, options: TinkerEngineOptions) {
    this.info = info;
    this.#session = session;
    this.#policy = new RemotePolicy(session, options);
    this.#options = options;
  }

  version(): number {
    return this.#policy.version;
  }

  generate(request: GenerateRequest, progress: GenerateProgress = () => undefined): Promise<GenerateResult> {
    return this.#inTurn(async () => {
      checkPrompts(request.groups, this.info);
      const sampler = await this.#policy.sampler();
      let openRows = request.groups.reduce((sum, { seeds }) => sum + seeds.length, 0);
      const samples = await Promise.all(
        request.groups.map(async (group) => {
          const own = await this.#sampleGroup(sampler, group, request);
          openRows -= own.length;
          progress(own.reduce((sum, { tokens }) => sum + tokens.length, 0), openRows);
          return own;
        }),
      );
      return { samples, policyVersion: this.version() };
    });
  }

  score(groups: readonly TrainingGroup[]): Promise<number[][][]> {
    return this.#inTurn(async () => {
      checkTrainingGroups(groups, this.info);
      const data = groups.flatMap(({ promptTokens, responses }) => responses.map(({ tokens }) => toScoredDatum(promptTokens, tokens)));
      if (data.length === 0) return groups.map(() => []);
      const model = await this.#policy.model();
      const { logprobs } = await model.pass({ data, loss: 'cross_entropy', lossSettings: {}, forwardOnly: true });
      let next = 0;
      return groups.map(({ responses }) => responses.map(({ tokens }) => Array.from(responseLogprobs(logprobs[next++]!, tokens.length))));
    });
  }

  /** The protocol has none. */
  entropies(): Promise<number[][]> {
    return Promise.reject(new PretrainZeroError('ENGINE_REFUSED', 'A Tinker server does not tell the entropy of a token, which the pipeline asks for'));
  }

  accumulate(request: AccumulateRequest): Promise<AccumulateReport> {
    return this.#inTurn(async () => {
      checkTrainingGroups(request.groups, this.info);
      const { data, loss, lossSettings } = toData(request, this.#options.backend);
      if (data.length === 0) return passReport(request, [], []);
      const model = await this.#policy.model();
      this.#policy.accumulated();
      const { logprobs } = await model.pass({ data: data.map(({ datum }) => datum), loss, lossSettings, forwardOnly: false });
      const ofResponses = data.map(({ response }, i) => responseLogprobs(logprobs[i]!, response.tokens.length));
      this.#spoiled ||= data.some(({ finite }, i) => finite && !allFinite(ofResponses[i]!));
      this.#sent += data.length;
      this.#expected = request.stepResponses ?? null;
      return passReport(request, data, ofResponses);
    });
  }

  step({ learningRate, gradientClip }: StepRequest): Promise<StepResult> {
    return this.#inTurn(async () => {
      if (this.#spoiled) throw new PretrainZeroError('GRADIENT_NOT_FINITE', 'log-probabilities of the update are not finite');
      if (this.#expected !== null && this.#sent !== this.#expected) {
        throw new PretrainZeroError('USAGE', `${this.#sent} responses were accumulated for a step of ${this.#expected}: the mean over them would be wrong`);
      }
      const model = await this.#policy.model();
      await this.#policy.withdrawSamplers();
      const norm = (await model.optimStep({ ...this.#options.optimiser, learningRate, gradientClip })).get(gradientNorm) ?? null;
      if (norm !== null && !Number.isFinite(norm)) {
        throw new PretrainZeroError('ENGINE_FAILED', 'the server stepped by a gradient that is not finite: its weights are lost, those of the last checkpoint are not');
      }
      this.#forgetPass();
      this.#policy.stepped();
      return { gradientNorm: norm, updateNorm: null, policyVersion: this.version() };
    });
  }

  discard(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#policy.discard();
      this.#forgetPass();
    });
  }

  save(directory: string, { optimizer }: { readonly optimizer: boolean }): Promise<void> {
    return this.#inTurn(async () => writeRemoteState(directory, await this.#policy.save(optimizer ? 'state' : 'sampler')));
  }

  load(directory: string): Promise<void> {
    return this.#inTurn(async () => {
      const state = await readRemoteState(directory);
      const { model, lora } = this.#options;
      const rank = lora?.rank ?? 0;
      if (state.model !== model || state.rank !== rank) {
        throw new PretrainZeroError('MODEL_INVALID', `The weights are of ${state.model} with rank ${state.rank}; the run's are of ${model} with rank ${rank}`, { file: directory });
      }
      await this.#policy.load(state);
      this.#forgetPass();
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await this.#policy.retire();
      } finally {
        this.#session.close();
      }
    });
  }

  #forgetPass(): void {
    this.#spoiled = false;
    this.#sent = 0;
    this.#expected = null;
  }

  async #sampleGroup(sampler: SamplingClient, { promptTokens, seeds }: SamplingGroup, request: GenerateRequest): Promise<readonly Sample[]> {
    const [first] = seeds;
    if (first === undefined) return [];
    const maxTokens = Math.min(request.maxNewTokens, this.info.maxPositions - promptTokens.length);
    const { temperature, stopTokens } = request;
    return sampler.sample({ promptTokens, samples: seeds.length, seed: first & seedMask, maxTokens, stopTokens, temperature });
  }

  /** Calls are served one after the other. */
  #inTurn<T>(call: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(call);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
