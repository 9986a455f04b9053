/**
 * In: the path of a GGUF file (untrusted) of the llama, qwen2 or qwen3 architecture. Out: config, weights in float32 under their Hugging Face names, and the
 * tokenizer's files. Wrong: MODEL_INVALID, MODEL_UNSUPPORTED with the name of the field or tensor. Tensors are read one after the other, a piece at a time.
 */
import { ggufTokenizerFiles } from '../../../tokenizer/gguf-tokenizer-files.ts';
import { expectedWeights } from '../expected-weights.ts';
import { elementCount, type Weights } from '../host-tensor.ts';
import type { ModelConfig } from '../model-config.ts';
import type { Model } from '../model.ts';
import { openToRead } from '../read-fully.ts';
import { checkWeights } from '../read-model-weights.ts';
import { ggufConfig } from './gguf-config.ts';
import { ropeDivisorsName } from './gguf-rope.ts';
import { ggufTensorName } from './gguf-tensor-name.ts';
import type { GgufTensor } from './gguf-tensors.ts';
import { readGgufFile, type GgufFile } from './read-gguf-file.ts';
import { readGgufTensor } from './read-gguf-tensor.ts';

/** The weights lie in memory that threads share. @throws MODEL_INVALID, MODEL_UNSUPPORTED */
export async function readGgufModel(path: string): Promise<Model> {
  const file = await readGgufFile(path);
  const config = await ggufConfig(file);
  const { tokenizer, config: tokenizerConfig } = ggufTokenizerFiles(file.metadata);
  const files = new Map([
    ['tokenizer.json', JSON.stringify(tokenizer)],
    ['tokenizer_config.json', JSON.stringify(tokenizerConfig)],
  ]);
  return { config, weights: await readWeights(file, config), files };
}

async function readWeights(file: GgufFile, config: ModelConfig): Promise<Weights> {
  const wanted = wantedTensors(file, config);
  const weights: Weights = new Map();
  const handle = await openToRead(file.path);
  try {
    for (const [name, tensor] of wanted) {
      const data = new Float32Array(new SharedArrayBuffer(4 * elementCount(tensor.shape)));
      await readGgufTensor(handle, file.path, tensor, data);
      if (file.metadata.value('general.architecture') === 'llama') unpermute(name, data, config);
      weights.set(name, { shape: tensor.shape, data });
    }
  } finally {
    await handle.close();
  }
  return checkWeights(weights, config, file.path);
}

/** The tensor of each weight that the config asks for. None may be missing or misshapen, and none left over. */
function wantedTensors({ metadata, tensors }: GgufFile, config: ModelConfig): Map<string, GgufTensor> {
  const wanted = new Map<string, GgufTensor>();
  const left = new Map(tensors);
  left.delete(ropeDivisorsName); // part of the config
  for (const [name, shape] of expectedWeights(config)) {
    const ggufName = ggufTensorName(name);
    const tensor = tensors.get(ggufName);
    if (tensor === undefined) throw metadata.invalid(ggufName, 'there is no such tensor');
    if (tensor.shape.join() !== shape.join()) {
      throw metadata.invalid(ggufName, `the tensor has shape [${tensor.shape.join(', ')}], but the metadata asks for [${shape.join(', ')}]`);
    }
    wanted.set(name, tensor);
    left.delete(ggufName);
  }
  for (const name of left.keys()) throw metadata.unsupported(name, 'the engine has no place for this tensor');
  return wanted;
}

/**
 * llama.cpp rotates neighbouring pairs, so in files of this architecture the rows 2i and 2i + 1 of a head are those that rotary embedding over halves wants
 * at i and at i + headDim / 2.
 */
function unpermute(name: string, data: Float32Array, { width, headDim }: ModelConfig): void {
  if (!/\.(?:q|k)_proj\.weight$/u.test(name)) return;
  const headValues = headDim * width;
  for (let head = 0; head < data.length; head += headValues) {
    const rows = data.slice(head, head + headValues);
    for (let row = 0; row < headDim; row++) {
      const from = row < headDim / 2 ? 2 * row : 2 * (row - headDim / 2) + 1;
      data.set(rows.subarray(from * width, (from + 1) * width), head + row * width);
    }
  }
}
