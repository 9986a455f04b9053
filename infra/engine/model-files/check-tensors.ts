/** In: tensors as they were stored, and the names and shapes that a config asks for. Out: those, in its order. Wrong: MODEL_INVALID with the names. */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { allFinite } from '../all-finite.ts';
import type { HostTensor, Weights } from './host-tensor.ts';

/**
 * @param source the config's file, for messages; @param place where the tensors are
 * @param isRedundant whether a tensor that nobody asked for may be left out in silence
 * @throws MODEL_INVALID for missing, extra, misshapen and non-finite tensors
 */
export function checkTensors(
  stored: ReadonlyMap<string, HostTensor>,
  expected: ReadonlyMap<string, readonly number[]>,
  source: string,
  place: string,
  isRedundant: (name: string) => boolean = () => false,
): Weights {
  const missing = [...expected.keys()].filter((name) => !stored.has(name));
  const extra = [...stored.keys()].filter((name) => !expected.has(name) && !isRedundant(name));
  if (missing.length > 0) throw invalid(`Missing tensors: ${listed(missing)}`, place);
  if (extra.length > 0) throw invalid(`Tensors that the config has no place for: ${listed(extra)}`, place);
  const tensors: Weights = new Map();
  for (const [name, shape] of expected) {
    const tensor = stored.get(name)!;
    if (tensor.shape.join() !== shape.join()) {
      throw invalid(`Tensor "${name}" has shape [${tensor.shape.join(', ')}], but ${source} asks for [${shape.join(', ')}]`, place);
    }
    if (!allFinite(tensor.data)) throw invalid(`Tensor "${name}" has values that are not finite`, place);
    tensors.set(name, tensor);
  }
  return tensors;
}

/** The first few names, and how many more. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function invalid(what: string, file: string): PretrainZeroError {
  return new PretrainZeroError('MODEL_INVALID', what, { file });
}
