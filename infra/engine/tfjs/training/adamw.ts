/**
 * AdamW (Loshchilov and Hutter 2019) on the host: float32 state, arithmetic in float64, so a step is the same on every
 * backend. In: gradients under the names of the weights. Out: the weights changed in place, and the norms. Wrong: GRADIENT_NOT_FINITE, with
 * nothing changed.
 */
import type { StepRequest } from '../../../../operators/ports/engine.ts';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { HostTensor } from '../../model-files/host-tensor.ts';
import { hostArrays } from './host-arrays.ts';

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled; applied to matrices, not to norms and biases. */
  readonly weightDecay: number;
}

export class AdamW {
  readonly #options: AdamWOptions;
  readonly #first = new Map<string, Float32Array>();
  readonly #second = new Map<string, Float32Array>();
  #steps = 0;

  constructor(options: AdamWOptions) {
    this.#options = options;
  }

  /**
   * @returns L2 norms: of the gradient before clipping, and of the change of the weights
   * @throws GRADIENT_NOT_FINITE
   */
  step(
    weights: ReadonlyMap<string, HostTensor>,
    gradients: ReadonlyMap<string, Float32Array>,
    { learningRate, gradientClip }: StepRequest,
  ): { readonly gradientNorm: number; readonly updateNorm: number } {
    const gradientNorm = globalNorm(gradients);
    if (!Number.isFinite(gradientNorm)) {
      throw new PretrainZeroError('GRADIENT_NOT_FINITE', `The gradient's norm is ${gradientNorm}; the weights are as before`);
    }
    this.#steps += 1;
    const scale = gradientNorm > gradientClip ? gradientClip / (gradientNorm + 1e-6) : 1;
    let updateSquares = 0;
    for (const [name, weight] of weights) updateSquares += this.#update(name, weight, gradients.get(name)!, scale, learningRate);
    return { gradientNorm, updateNorm: Math.sqrt(updateSquares) };
  }

  /** m and v of each weight, and the number of steps; empty before the first. */
  state(): { readonly steps: number; readonly first: ReadonlyMap<string, Float32Array>; readonly second: ReadonlyMap<string, Float32Array> } {
    return { steps: this.#steps, first: this.#first, second: this.#second };
  }

  /** Takes the arrays over. */
  restore(steps: number, first: ReadonlyMap<string, Float32Array>, second: ReadonlyMap<string, Float32Array>): void {
    this.#steps = steps;
    this.#first.clear();
    this.#second.clear();
    for (const [name, values] of first) this.#first.set(name, values);
    for (const [name, values] of second) this.#second.set(name, values);
  }

  /** @returns sum of the squares of the changes */
  #update(name: string, { shape, data }: HostTensor, gradient: Float32Array, scale: number, learningRate: number): number {
    const { beta1, beta2, epsilon, weightDecay } = this.#options;
    return hostArrays().adamW(data, gradient, momentsOf(this.#first, name, data.length), momentsOf(this.#second, name, data.length), {
      scale,
      beta1,
      beta2,
      rate: learningRate / (1 - beta1 ** this.#steps),
      keep: 1 - learningRate * (shape.length > 1 ? weightDecay : 0),
      secondCorrection: 1 / Math.sqrt(1 - beta2 ** this.#steps),
      epsilon,
    });
  }
}

function momentsOf(moments: Map<string, Float32Array>, name: string, length: number): Float32Array {
  let values = moments.get(name);
  if (values === undefined) moments.set(name, (values = new Float32Array(length)));
  return values;
}

/** L2 norm over all gradients, in float64. */
export function globalNorm(gradients: ReadonlyMap<string, Float32Array>): number {
  let squares = 0;
  for (const values of gradients.values()) squares = hostArrays().addSquares(squares, values);
  return Math.sqrt(squares);
}
