/**
 * One request on its way: which samples wait, which are open, what the next pass computes. In: the request and a device. Out: its samples, once it is done. Wrong: NOT_A_NUMBER
 * where a distribution is none, and what the passes throw.
 */
import type { GenerateRequest, Sample } from '../../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { ModelConfig } from '../../model-files/model-config.ts';
import { samplingCacheBytes } from '../model/passes.ts';
import { CopyingWalk } from '../../../../operators/rollouts/copying/copying-walk.ts';
import { blocksFor } from './cache-blocks.ts';
import { CachedRun } from './cached-run.ts';
import { drawAllowed } from './draw-allowed.ts';
import type { OpenSample } from './open-sample.ts';
import type { PassRow } from './pass-writer.ts';
import { PromptCache, type RunToCompute } from './prompt-cache.ts';
import type { SamplingDevice } from './sampling-device.ts';
import { uniform } from './uniform.ts';

/** A prompt's token on its way into the cache. */
interface PromptRow extends Omit<PassRow, 'output'> {
  /** Groups whose prompt ends with it. */
  readonly ending: readonly number[];
}

export class SampleRequest {
  readonly #request: GenerateRequest;
  readonly #config: ModelConfig;
  readonly #device: SamplingDevice;
  readonly #maxRows: number;
  readonly #prompts: PromptCache;
  readonly #samples: readonly OpenSample[][];
  /** Groups whose samples are not all open yet, in the order of the prompts. */
  readonly #waiting: number[];
  readonly #admitted = new Set<number>();
  /** Samples of each group, open or waiting. */
  readonly #unclosed: Map<number, number>;
  #promptRows: PromptRow[] = [];
  #open: OpenSample[] = [];
  #reservedBlocks = 0; // of open samples at their longest

  constructor(request: GenerateRequest, config: ModelConfig, device: SamplingDevice, maxRows: number) {
    this.#request = request;
    this.#config = config;
    this.#device = device;
    this.#maxRows = maxRows;
    this.#prompts = new PromptCache(request.groups.map(({ promptTokens }) => promptTokens), device.cache);
    this.#samples = request.groups.map(() => []);
    this.#unclosed = new Map(request.groups.map(({ seeds }, group) => [group, seeds.length]));
    this.#waiting = this.#prompts.order.filter((group) => request.groups[group]!.seeds.length > 0);
  }

  get isDone(): boolean {
    return this.unfinished === 0;
  }

  /** Samples open or waiting. */
  get unfinished(): number {
    return this.#waiting.reduce((sum, group) => sum + this.#waitingSeeds(group).length, this.#open.length);
  }

  /** Does the next pass. @returns tokens sampled */
  advance(): number {
    this.#admit();
    if (this.#promptRows.length > 0) return this.#computePrompts();
    return this.#canOpen() ? this.#drawFirstTokens() : this.#decode();
  }

  results(): Sample[][] {
    return this.#samples.map((group) => group.map(({ tokens, logprobs, finishReason }) => ({ tokens, logprobs, finishReason: finishReason! })));
  }

  /** Gives back what is in the cache, also of a request that failed. */
  release(): void {
    for (const { run } of this.#open) run.release(this.#device.cache);
    this.#prompts.release();
  }

  /** Sees to it that the prompts of as many samples as fit are computed. */
  #admit(): void {
    let rows = this.#maxRows - this.#open.length;
    let blocks = samplingCacheBytes / this.#device.cache.bytes - this.#prompts.blocksInUse - this.#reservedBlocks;
    let isFirst = this.#open.length === 0; // fits whatever it needs
    for (const group of this.#waiting) {
      const samples = Math.min(rows, this.#waitingSeeds(group).length);
      blocks -= samples * this.#ownBlocks(group) + (this.#admitted.has(group) ? 0 : this.#prompts.blocksNeeded(group));
      if (samples === 0 || (blocks < 0 && !isFirst)) return;
      if (!this.#admitted.has(group)) this.#promptRows.push(...this.#prompts.admit(group).flatMap(rowsOfRun));
      this.#admitted.add(group);
      rows -= samples;
      isFirst = false;
    }
  }

  #computePrompts(): number {
    const { writer, stride, capacity } = this.#device;
    const rows = this.#promptRows.splice(0, capacity);
    const ends: (readonly number[])[] = [];
    const longest = writer.rows(rows.map(({ ending, ...row }) => ({ ...row, output: ending.length === 0 ? null : ends.push(ending) - 1 })));
    this.#device.run({ kind: 'layers', count: rows.length, longest, temperature: 1 });
    for (const [output, groups] of ends.entries()) {
      const hidden = writer.hidden(output, stride).slice();
      for (const group of groups) this.#prompts.computed(group, hidden);
    }
    return 0;
  }

  /** Whether a row is free for a sample that waits, and its place in the cache. */
  #canOpen(): boolean {
    const group = this.#waiting[0];
    if (group === undefined || !this.#admitted.has(group) || this.#open.length >= this.#maxRows) return false;
    return this.#open.length === 0 || this.#fits(group);
  }

  #fits(group: number): boolean {
    return (this.#prompts.blocksInUse + this.#reservedBlocks + this.#ownBlocks(group)) * this.#device.cache.bytes <= samplingCacheBytes;
  }

  /** Opens samples, each with a token drawn after its prompt. */
  #drawFirstTokens(): number {
    const { writer, stride } = this.#device;
    const opened: OpenSample[][] = [];
    for (const group of [...this.#waiting]) {
      const members: OpenSample[] = [];
      const { run, hidden } = this.#admitted.has(group) ? this.#prompts.prompt(group) : nothing;
      if (run === null) break;
      for (const seed of this.#waitingSeeds(group)) {
        if (!this.#canOpen()) break;
        const sample = this.#opened(group, seed, run);
        this.#samples[group]!.push(sample);
        this.#open.push(sample);
        members.push(sample);
        this.#reservedBlocks += this.#ownBlocks(group);
      }
      if (members.length === 0) break;
      writer.hidden(opened.length, stride).set(hidden);
      opened.push(members);
      if (this.#waitingSeeds(group).length === 0) this.#waiting.shift();
    }
    writer.draws(opened.map((members) => ({ uniforms: members.map((sample) => this.#uniform(sample)) })));
    this.#device.run({ kind: 'draw', count: opened.length, longest: 0, temperature: this.#request.temperature });
    return this.#take(opened.flatMap((samples, output) => samples.map((sample) => ({ sample, output }))));
  }

  #opened(group: number, seed: number, run: CachedRun): OpenSample {
    const { copying } = this.#request.groups[group]!;
    const walk = copying === undefined || copying === null ? null : new CopyingWalk(copying);
    return { group, seed, run: new CachedRun(run), walk, tokens: [], logprobs: [], finishReason: null };
  }

  #decode(): number {
    const { writer, cache } = this.#device;
    const rows = this.#open.map(({ run, tokens }, output) => ({ token: tokens.at(-1)!, place: run.add(cache), position: run.start + run.length - 1, run, output }));
    const longest = writer.rows(rows);
    writer.draws(this.#open.map((sample) => ({ uniforms: [this.#uniform(sample)] })));
    const readsHidden = this.#open.some(({ walk }) => walk !== null && walk.allowed() !== null);
    this.#device.run({ kind: 'decode', count: rows.length, longest, temperature: this.#request.temperature, readsHidden });
    return this.#take(this.#open.map((sample, output) => ({ sample, output })));
  }

  /** Puts what was drawn into the samples, and closes those that end with it. */
  #take(drawn: readonly { readonly sample: OpenSample; readonly output: number }[]): number {
    for (const [draw, { sample, output }] of drawn.entries()) {
      const allowed = sample.walk?.allowed() ?? null;
      const { token, logprob } = allowed === null ? this.#device.writer.drawn(draw) : this.#drawAllowed(sample, output, allowed);
      if (!Number.isFinite(logprob)) throw new PretrainZeroError('NOT_A_NUMBER', 'The model gives logits that are not finite');
      sample.tokens.push(token);
      sample.logprobs.push(logprob);
      sample.walk?.take(token);
      if (this.#request.stopTokens.includes(token)) sample.finishReason = 'stop';
      else if (sample.tokens.length >= this.#limit(sample.group)) sample.finishReason = 'length';
    }
    for (const sample of this.#open) if (sample.finishReason !== null) this.#close(sample);
    this.#open = this.#open.filter(({ finishReason }) => finishReason === null);
    return drawn.length;
  }

  /** In place of what the pass drew from the whole vocabulary. */
  #drawAllowed(sample: OpenSample, output: number, allowed: readonly number[]): { readonly token: number; readonly logprob: number } {
    const { head, writer, stride } = this.#device;
    return drawAllowed(head, writer.hidden(output, stride), allowed, this.#request.temperature, this.#uniform(sample));
  }

  #close({ group, run }: OpenSample): void {
    run.release(this.#device.cache);
    this.#reservedBlocks -= this.#ownBlocks(group);
    const left = this.#unclosed.get(group)! - 1;
    this.#unclosed.set(group, left);
    if (left === 0) this.#prompts.letGo(group);
  }

  #waitingSeeds(group: number): readonly number[] {
    return this.#request.groups[group]!.seeds.slice(this.#samples[group]!.length);
  }

  #uniform({ seed, tokens }: OpenSample): number | null {
    return this.#request.temperature === 0 ? null : uniform(seed, tokens.length);
  }

  /** Tokens of a sample. */
  #limit(group: number): number {
    return Math.min(this.#request.maxNewTokens, this.#config.maxPositions - this.#request.groups[group]!.promptTokens.length);
  }

  /** The last token of a sample is not put in. */
  #ownBlocks(group: number): number {
    return blocksFor(this.#limit(group) - 1);
  }
}

const nothing = { run: null, hidden: new Float32Array(0) };

function rowsOfRun({ tokens, cached, places, ending }: RunToCompute): PromptRow[] {
  return tokens.map((token, i) => ({ token, position: cached.start + i, place: places[i]!, run: cached, ending: i === tokens.length - 1 ? ending : [] }));
}
