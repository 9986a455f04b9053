/**
 * Which experts a token goes to, on the host. In: router logits, [T, E]. Out: for each token its `perToken` most probable experts and their weights, and by expert the tokens
 * that it gets. Nothing can go wrong; logits that are not finite give weights that are not.
 */

export interface RouterSettings {
  /** Experts that a token goes to. */
  readonly perToken: number;
  /** Whether the weights of a token's experts are divided by their sum (`norm_topk_prob`). */
  readonly normalised: boolean;
}

export interface Routing {
  readonly settings: RouterSettings;
  readonly expertCount: number;
  /** Softmax of the logits, [T, E]. */
  readonly probabilities: Float32Array;
  /** [T, perToken], the most probable first; of equals the one that comes first. */
  readonly chosen: Int32Array;
  /** [T, perToken] */
  readonly weights: Float32Array;
  /** By expert: places in `chosen` where it stands, ascending. */
  readonly places: readonly Int32Array[];
}

export function route(logits: Float32Array, expertCount: number, settings: RouterSettings): Routing {
  const { perToken, normalised } = settings;
  const tokens = logits.length / expertCount;
  const probabilities = new Float32Array(logits.length);
  const chosen = new Int32Array(tokens * perToken);
  const weights = new Float32Array(tokens * perToken);
  const places = Array.from({ length: expertCount }, (): number[] => []);
  for (let token = 0; token < tokens; token++) {
    softmaxRow(logits, probabilities, token * expertCount, expertCount);
    const taken = new Set<number>();
    for (let place = token * perToken; place < (token + 1) * perToken; place++) {
      const expert = bestLeft(probabilities, token * expertCount, expertCount, taken);
      taken.add(expert);
      chosen[place] = expert;
      weights[place] = probabilities[token * expertCount + expert]!;
      places[expert]!.push(place);
    }
    if (normalised) scaleRow(weights, token * perToken, perToken, 1 / sumOf(weights, token * perToken, perToken));
  }
  return { settings, expertCount, probabilities, chosen, weights, places: places.map((each) => Int32Array.from(each)) };
}

/**
 * With p the probabilities and w a token's weights: dp_i = dw_i, or (dw_i - sum_j dw_j w_j) / sum of its p where they are normalised; dlogit_e = p_e (dp_e - sum_i dp_i p_i).
 * @param gradient with regard to `weights`
 * @returns [T, E], with regard to the logits
 */
export function routeBackward({ settings: { perToken, normalised }, expertCount, probabilities, chosen, weights }: Routing, gradient: Float64Array): Float32Array {
  const result = new Float32Array(probabilities.length);
  const ofProbabilities = new Float64Array(perToken);
  for (let start = 0, row = 0; start < chosen.length; start += perToken, row += expertCount) {
    let total = 0;
    let weighted = 0;
    for (let i = 0; i < perToken; i++) {
      total += probabilities[row + chosen[start + i]!]!;
      weighted += gradient[start + i]! * weights[start + i]!;
    }
    let mean = 0;
    for (let i = 0; i < perToken; i++) {
      const slope = normalised ? (gradient[start + i]! - weighted) / total : gradient[start + i]!;
      ofProbabilities[i] = slope;
      mean += slope * probabilities[row + chosen[start + i]!]!;
    }
    for (let expert = 0; expert < expertCount; expert++) result[row + expert] = -mean * probabilities[row + expert]!;
    for (let i = 0; i < perToken; i++) {
      const at = row + chosen[start + i]!;
      result[at] = probabilities[at]! * (ofProbabilities[i]! - mean);
    }
  }
  return result;
}

function softmaxRow(logits: Float32Array, target: Float32Array, start: number, count: number): void {
  let most = -Infinity;
  for (let i = start; i < start + count; i++) most = Math.max(most, logits[i]!);
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += Math.exp(logits[i]! - most);
  for (let i = start; i < start + count; i++) target[i] = Math.exp(logits[i]! - most) / sum;
}

function bestLeft(probabilities: Float32Array, start: number, count: number, taken: ReadonlySet<number>): number {
  let best = -1;
  for (let i = 0; i < count; i++) {
    if (!taken.has(i) && (best < 0 || probabilities[start + i]! > probabilities[start + best]!)) best = i;
  }
  return best;
}

function sumOf(values: Float32Array, start: number, count: number): number {
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += values[i]!;
  return sum;
}

function scaleRow(values: Float32Array, start: number, count: number, factor: number): void {
  for (let i = start; i < start + count; i++) values[i]! *= factor;
}
