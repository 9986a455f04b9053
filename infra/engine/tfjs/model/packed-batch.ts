/**
 * Packing: each group's prompt once, then its responses one after the other; a response's positions go on from the prompt's
 * end. In: groups of token ids. Out: the tokens of one pass, with who sees whom and which positions predict which tokens. The
 * last token of a response is predicted but not put in. Nothing can go wrong.
 */
import { promptOwner, type PackedGroup } from './attention-tile.ts';

/** A prompt, and the continuations whose tokens are to be predicted. None: only the prompt's last position matters. */
export interface PackInput {
  readonly promptTokens: readonly number[]; // at least one
  readonly responses: readonly (readonly number[])[];
}

export interface PackedBatch {
  readonly tokens: Int32Array;
  /** Position of each token in its own sequence. */
  readonly positions: Int32Array;
  readonly groups: readonly PackedGroup[];
  /** Rows whose output is wanted, ascending: the last of each prompt and all of the responses. */
  readonly outputRows: Int32Array;
  readonly predictions: readonly ResponsePredictions[];
}

/** What predicts the tokens of one response. */
export interface ResponsePredictions {
  readonly group: number;
  readonly response: number; // within its group
  /** Index into `outputRows`, of the row that predicts token t. */
  readonly outputs: Int32Array;
}

export function packBatch(inputs: readonly PackInput[]): PackedBatch {
  const tokens: number[] = [];
  const positions: number[] = [];
  const groups: PackedGroup[] = [];
  const outputRows: number[] = [];
  const predictions: ResponsePredictions[] = [];
  for (const [group, { promptTokens, responses }] of inputs.entries()) {
    const start = tokens.length;
    const owners: number[] = [];
    const put = (token: number, position: number, owner: number): void => {
      tokens.push(token);
      positions.push(position);
      owners.push(owner);
    };
    promptTokens.forEach((token, i) => put(token, i, promptOwner));
    const promptOutput = outputRows.push(tokens.length - 1) - 1;
    for (const [response, responseTokens] of responses.entries()) {
      const outputs = new Int32Array(responseTokens.length);
      for (let t = 0; t < responseTokens.length; t++) {
        outputs[t] = t === 0 ? promptOutput : outputRows.push(tokens.length) - 1;
        if (t > 0) put(responseTokens[t - 1]!, promptTokens.length + t - 1, response);
      }
      predictions.push({ group, response, outputs });
    }
    groups.push({
      start,
      promptLength: promptTokens.length,
      length: tokens.length - start,
      owners: Int32Array.from(owners),
      positions: Int32Array.from(positions.slice(start)),
    });
  }
  return { tokens: Int32Array.from(tokens), positions: Int32Array.from(positions), groups, outputRows: Int32Array.from(outputRows), predictions };
}

/** Positions that a group takes in a pack. */
export function packedLength(promptTokens: number, responseLengths: readonly number[]): number {
  return responseLengths.reduce((sum, length) => sum + Math.max(0, length - 1), promptTokens);
}
