/** One sequence to train on, as the protocol has it: shifted already. All arrays have the length of `inputTokens`. */
export interface Datum {
  /** The sequence without its last token. */
  readonly inputTokens: Int32Array<ArrayBuffer>;
  /** The sequence without its first. */
  readonly targetTokens: readonly number[];
  /** Of the targets, under the policy that sampled them. */
  readonly logprobs: Float32Array<ArrayBuffer>;
  readonly advantages: Float32Array<ArrayBuffer>;
  /** 0 for what is not trained on. */
  readonly weights: Float32Array<ArrayBuffer>;
}

export type LossName = 'ppo' | 'cispo' | 'cross_entropy';

export interface ModelPass {
  readonly modelId: string;
  /** The model's own counter, from 1. */
  readonly sequence: number;
  readonly data: readonly Datum[];
  readonly loss: LossName;
  /** For example `clip_low_threshold`. */
  readonly lossSettings: Readonly<Record<string, number>>;
  /** Without gradients. */
  readonly forwardOnly: boolean;
}
