/**
 * The critic of an engine: the value head and the AdamW that trains it. In: states of prompts, gradients, folders. Out: values; the head beside a checkpoint's weights, in
 * `value_head.safetensors`, which readers of the model pass over. Wrong: GRADIENT_NOT_FINITE, MODEL_INVALID, DISK_FULL, NOT_WRITABLE.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import { AdamW, globalNorm, type AdamWOptions } from '../training/adamw.ts';
import { loadHead, saveHead } from './head-files.ts';
import { ValueHead } from './value-head.ts';

/** What a step does to the head, looked at before anything is changed. */
export type HeadGradients = ReadonlyMap<string, Float32Array>;

export class Critic {
  readonly head: ValueHead;
  readonly #optimizer: AdamW;

  /** @param width of the states; @param optimiser of the policy: the head has its betas and epsilon, and no decay */
  constructor(width: number, optimiser: AdamWOptions) {
    this.head = new ValueHead(width);
    this.#optimizer = new AdamW({ ...optimiser, weightDecay: 0 });
  }

  /** What was accumulated, which is then cleared. @throws GRADIENT_NOT_FINITE */
  gradients(): HeadGradients {
    const gradients = this.head.collect();
    if (Number.isFinite(globalNorm(gradients))) return gradients;
    throw new PretrainZeroError('GRADIENT_NOT_FINITE', 'The gradient of the critic is not finite; the weights are as before');
  }

  /** One step of AdamW, without clipping: the policy's bound is of another scale. */
  step(gradients: HeadGradients, learningRate: number): void {
    this.#optimizer.step(this.head.tensors, gradients, { learningRate, gradientClip: Infinity });
  }

  /** @param version of the weights beside it; @param options optimizer: with AdamW's moments */
  save(directory: string, version: number, { optimizer }: { readonly optimizer: boolean }): Promise<void> {
    return saveHead(directory, this.head, version, optimizer ? this.#optimizer : null);
  }

  /** A folder without a head, as of a base model, sets it back to its start. @throws MODEL_INVALID where it is of another width or version */
  async load(directory: string, version: number): Promise<void> {
    await loadHead(directory, this.head, version, this.#optimizer);
    this.head.clear();
  }
}
