import type { Weights } from './host-tensor.ts';
import type { ModelConfig } from './model-config.ts';

/** A model as it is read, from whatever files. */
export interface Model {
  readonly config: ModelConfig;
  readonly weights: Weights;
  /** What else belongs to it and lies in no folder, `tokenizer.json` for example: name -> text. */
  readonly files: ReadonlyMap<string, string>;
}
