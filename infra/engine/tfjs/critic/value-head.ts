/**
 * The critic: one linear layer on the policy's last hidden state h at the end of a prompt, V = b + w . h / width, the expected reward of a response to it. In: states. Out: values, and the
 * gradient of the squared error. On the host, in float64: it is the same on every backend. Nothing can go wrong; what is not finite comes out not finite.
 *
 * Its gradient ends here. The hidden state is the policy's, which the policy's loss alone moves: with a critic as without the weights are trained by eq. 11 and nothing else. Of root mean square
 * 1 and divided by the width, states let the layer learn at one rate in any model. It begins at 0.
 */
import type { HostTensor } from '../../model-files/host-tensor.ts';

/** Names in `value_head.safetensors`. */
export const headNames = { weight: 'value_head.weight', bias: 'value_head.bias' } as const;

/** A prompt's end, and the rewards of the responses to it. */
export interface PromptState {
  readonly state: Float32Array; // [width]
  readonly rewards: readonly number[];
}

export interface ValueError {
  /** Sum of (V - r)^2 over the responses. */
  readonly squares: number;
  readonly responses: number;
}

export class ValueHead {
  readonly tensors: ReadonlyMap<string, HostTensor>;
  readonly #weight: Float32Array;
  readonly #bias: Float32Array;
  #gradient: { readonly weight: Float64Array; bias: number };

  constructor(width: number) {
    this.#weight = new Float32Array(width);
    this.#bias = new Float32Array(1);
    this.#gradient = { weight: new Float64Array(width), bias: 0 };
    this.tensors = new Map([
      [headNames.weight, { shape: [1, width], data: this.#weight }],
      [headNames.bias, { shape: [1], data: this.#bias }],
    ]);
  }

  /** Float32 value. */
  value(state: Float32Array): number {
    return Math.fround(this.#value(state));
  }

  /** Adds the gradient of the mean of (V - r)^2 over the responses of a step. */
  accumulate({ state, rewards }: PromptState, stepResponses: number): ValueError {
    const value = this.#value(state);
    let [squares, slope] = [0, 0];
    for (const reward of rewards) {
      squares += (value - reward) ** 2;
      slope += (2 * (value - reward)) / stepResponses;
    }
    const { weight } = this.#gradient;
    for (let i = 0; i < state.length; i++) weight[i]! += (slope * state[i]!) / state.length;
    this.#gradient.bias += slope;
    return { squares, responses: rewards.length };
  }

  /** Gives the gradients away. */
  collect(): Map<string, Float32Array> {
    const { weight, bias } = this.#gradient;
    this.clear();
    return new Map([
      [headNames.weight, Float32Array.from(weight)],
      [headNames.bias, Float32Array.of(bias)],
    ]);
  }

  clear(): void {
    this.#gradient = { weight: new Float64Array(this.#weight.length), bias: 0 };
  }

  #value(state: Float32Array): number {
    let sum = 0;
    for (let i = 0; i < state.length; i++) sum += this.#weight[i]! * state[i]!;
    return this.#bias[0]! + sum / state.length;
  }
}
