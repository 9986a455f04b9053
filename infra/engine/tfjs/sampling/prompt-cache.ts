/**
 * The prompts of a request in the cache, each shared run computed once, when the first prompt that needs it is admitted, and kept until the last has been let go. In: prompts,
 * and passes through the layers. Out: for a prompt its run in the cache, and the hidden state that predicts the first token. Wrong: what the passes throw.
 */
import { blocksFor, type CacheBlocks } from './cache-blocks.ts';
import { CachedRun, type TokenPlace } from './cached-run.ts';
import { promptTree, type PromptRun } from './prompt-tree.ts';

/** A run to be computed; the last token's hidden state is wanted for each of `ending`. */
export interface RunToCompute {
  readonly tokens: readonly number[];
  readonly cached: CachedRun;
  readonly places: readonly TokenPlace[];
  readonly ending: readonly number[];
}

export interface CachedPrompt {
  readonly run: CachedRun;
  /** [padded width], normed. */
  readonly hidden: Float32Array;
}

interface Entry {
  readonly run: PromptRun;
  cached: CachedRun | null;
  /** Prompts that still need it. */
  users: number;
}

export class PromptCache {
  /** Prompts in the order in which they share most with those before them. */
  readonly order: readonly number[];
  readonly #cache: CacheBlocks;
  readonly #entries = new Map<PromptRun, Entry>();
  readonly #endOf: readonly PromptRun[];
  readonly #prompts = new Map<number, CachedPrompt>();
  #blocks = 0;

  constructor(prompts: readonly (readonly number[])[], cache: CacheBlocks) {
    this.#cache = cache;
    const runs = promptTree(prompts);
    const endOf: PromptRun[] = [];
    for (const run of runs) {
      this.#entries.set(run, { run, cached: null, users: 0 });
      for (const prompt of run.ending) endOf[prompt] = run;
    }
    this.#endOf = endOf;
    this.order = runs.flatMap(({ ending }) => ending);
    for (const prompt of this.order) for (const entry of this.#path(prompt)) entry.users++;
  }

  get blocksInUse(): number {
    return this.#blocks;
  }

  /** Blocks that admitting the prompt takes. */
  blocksNeeded(prompt: number): number {
    return this.#path(prompt).reduce((sum, { run, cached }) => sum + (cached === null ? blocksFor(run.tokens.length) : 0), 0);
  }

  /** What is to be computed before the prompt can be used, in order. */
  admit(prompt: number): RunToCompute[] {
    const missing: RunToCompute[] = [];
    for (const entry of this.#path(prompt)) {
      if (entry.cached !== null) continue;
      const { before, tokens, ending } = entry.run;
      entry.cached = new CachedRun(before === null ? null : this.#entries.get(before)!.cached);
      const { cached } = entry;
      missing.push({ tokens, cached, places: tokens.map(() => cached.add(this.#cache)), ending });
      this.#blocks += blocksFor(tokens.length);
    }
    return missing;
  }

  /** Called for each of `ending`. */
  computed(prompt: number, hidden: Float32Array): void {
    this.#prompts.set(prompt, { run: this.#entries.get(this.#endOf[prompt]!)!.cached!, hidden });
  }

  prompt(index: number): CachedPrompt {
    return this.#prompts.get(index)!;
  }

  /** No sample of the prompt is open or waiting any more. */
  letGo(prompt: number): void {
    this.#prompts.delete(prompt);
    for (const entry of this.#path(prompt)) {
      entry.users--;
      if (entry.users > 0) continue;
      entry.cached?.release(this.#cache);
      entry.cached = null;
      this.#blocks -= blocksFor(entry.run.tokens.length);
    }
  }

  /** Gives back all that is in the cache. */
  release(): void {
    for (const { cached } of this.#entries.values()) cached?.release(this.#cache);
    this.#entries.clear();
  }

  /** From the first run to that at which the prompt ends. */
  #path(prompt: number): Entry[] {
    const path: Entry[] = [];
    for (let run: PromptRun | null = this.#endOf[prompt]!; run !== null; run = run.before) path.unshift(this.#entries.get(run)!);
    return path;
  }
}
