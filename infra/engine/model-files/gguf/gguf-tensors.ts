/**
 * In: the tensor list of a GGUF header (untrusted). Out: checked tensors by name. Wrong: MODEL_INVALID with file and tensor where one does not lie within
 * the file or over another; MODEL_UNSUPPORTED for kinds that are not read here.
 */
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';
import type { ConfigReader } from '../config-reader.ts';
import { elementCount } from '../host-tensor.ts';
import { ggufKindOf, ggufKinds, type GgufKind } from './gguf-kinds.ts';

export interface GgufTensor {
  readonly name: string;
  readonly kind: GgufKind;
  /** Row-major, as PyTorch has it: the reverse of the file's order. */
  readonly shape: readonly number[];
  readonly begin: number; // bytes from the start of the file
  readonly end: number; // exclusive
}

/** As the header has it: sizes in the file's order, the offset from where the data begins. */
export interface TensorInfo {
  readonly name: string;
  readonly shape: readonly bigint[];
  readonly dtype: number;
  readonly offset: bigint;
}

interface Place {
  readonly path: string;
  readonly size: number;
  /** Where the tensor list ends; the data begins at the next multiple of the alignment. */
  readonly headerEnd: number;
  readonly metadata: ConfigReader;
  /** Number of a kind -> its name. */
  readonly kindNames: Readonly<Record<number, string>>;
}

const alignmentKey = 'general.alignment';
const usualAlignment = 32;
const mostDimensions = 4;

/** @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export function ggufTensors(infos: readonly TensorInfo[], place: Place): Map<string, GgufTensor> {
  const { path, size, headerEnd, metadata } = place;
  const alignment = metadata.has(alignmentKey) ? metadata.count(alignmentKey) : usualAlignment;
  const dataStart = Math.ceil(headerEnd / alignment) * alignment;
  const tensors = infos.map((info) => parseTensor(info, dataStart, place)).sort((a, b) => a.begin - b.begin || a.end - b.end);
  const byName = new Map<string, GgufTensor>();
  let end = dataStart;
  for (const tensor of tensors) {
    const { name, begin } = tensor;
    if (begin < end) throw damaged(path, name, 'lies over another');
    end = tensor.end;
    if (end > size) throw damaged(path, name, `ends at byte ${end} of a file of ${size}`);
    if (byName.has(name)) throw damaged(path, name, 'is there twice');
    byName.set(name, tensor);
  }
  return byName;
}

function parseTensor({ name, shape, dtype, offset }: TensorInfo, dataStart: number, { path: file, kindNames }: Place): GgufTensor {
  const kind = ggufKindOf(dtype);
  if (kind === null) {
    const known = Object.keys(ggufKinds).join(', ');
    const what = `Tensor "${name}" is of kind ${kindNames[dtype] ?? dtype}; known are ${known}`;
    throw new PretrainZeroError('MODEL_UNSUPPORTED', what, { file, key: name });
  }
  const sizes = shape.map(Number).reverse();
  const { values, bytes } = ggufKinds[kind];
  const rowLength = sizes.at(-1) ?? 0;
  if (rowLength === 0 || sizes.length > mostDimensions || rowLength % values !== 0) {
    throw damaged(file, name, `has shape [${sizes.join(', ')}], which ${kind} cannot have`);
  }
  const begin = dataStart + Number(offset);
  const end = begin + (elementCount(sizes) / values) * bytes;
  if (!Number.isSafeInteger(end)) throw damaged(file, name, `has shape [${sizes.join(', ')}]`);
  return { name, kind, shape: sizes, begin, end };
}

function damaged(file: string, tensor: string, what: string): PretrainZeroError {
  return new PretrainZeroError('MODEL_INVALID', `Tensor "${tensor}" ${what}`, { file, key: tensor });
}
