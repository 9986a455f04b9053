/**
 * Makes the untrained base model: a tokenizer learnt from a corpus, and fresh weights. In: `--out DIR [--seed N] [--corpus PATH]`. Out: a
 * Hugging Face folder that `pretrainzero run base-model --set model.path=DIR` goes on from. Wrong: CORPUS_*, NOT_WRITABLE.
 */
import { parseArgs } from 'node:util';
import { createParagraphSource } from '../../infra/corpus/create-paragraph-source.ts';
import { initialiseModel } from '../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../infra/engine/model-files/write-model-folder.ts';
import { tokenizerConfigJson } from '../../infra/tokenizer/tokenizer-json.ts';
import { trainByteLevelBpe } from '../../infra/tokenizer/train-byte-level-bpe.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import { samplePath } from '../resolve-sample.ts';

const endToken = '<|end|>';
const vocabularySize = 3072;
const maxPositions = 512;
const deviation = 0.08; // about 1 / sqrt(width)

/**
 * About 1.1 million parameters: 3072 x 128 tied embedding, 4 blocks of width 128. The first block sees only a token and the one before it. Copying what stands
 * elsewhere in a context ("induction") takes two heads in a row, of which the first looks one back: with that one given, a small model finds the other
 * within 200 steps, and without it not within 2,000.
 */
const modelConfig: ModelConfig = {
  architecture: 'llama',
  vocabularySize,
  width: 128,
  layers: 4,
  heads: 4,
  kvHeads: 2,
  headDim: 32,
  ffnWidth: 344,
  rmsNormEps: 1e-5,
  ropeTheta: 10_000,
  ropeScaling: null,
  maxPositions,
  tiedEmbeddings: true,
  qkNorm: false,
  attentionBias: false,
  experts: null,
  slidingWindow: 2,
  fullAttentionLayers: [1, 2, 3],
  noRopeLayers: [],
  bosToken: null,
  eosTokens: [0],
};

/** The markers that the short prompts and their answers are written with. */
const formatWords = ['[mask]', '\nmask:', '\nfill:', '\\mask{', '\\boxed{'];

/** Counts bytes: enough to read a corpus whose tokenizer is still to be learnt. */
const byteCounter: Tokenizer = {
  encode: (text) => [...Buffer.from(text)],
  decode: (tokens) => Buffer.from(tokens).toString(),
  tokenBytes: () => Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  bosToken: null,
  stopTokens: [],
  chat: null,
  encodeWithSpecials: (text) => [...Buffer.from(text)],
};

async function* corpusTexts(path: string): AsyncGenerator<string> {
  const source = createParagraphSource({
    config: {
      path, format: 'auto', minTokens: 40, maxTokens: 100_000, maxPageBytes: 2 ** 24, nearDuplicateThreshold: 1, shuffleWindow: 1, repeat: false, exclude: null,
    },
    seed: 0,
    tokenizer: byteCounter,
    excludeTexts: [],
    resolveSample: (name) => samplePath('corpus', name),
  });
  const reader = await source.open();
  for (let item = await reader.next(); item.done !== true; item = await reader.next()) {
    if (item.value.kind === 'paragraph') yield `${item.value.paragraph.title}: ${item.value.paragraph.text}`;
  }
  await reader.close();
}

const { values } = parseArgs({ options: { out: { type: 'string' }, seed: { type: 'string', default: '0' }, corpus: { type: 'string', default: 'atlas' } } });
if (values.out === undefined) {
  console.error('Usage: node dist/pipelines/sample/initialise-model.js --out DIR [--seed N] [--corpus PATH]');
  process.exitCode = 2;
} else {
  const texts: string[] = [];
  for await (const text of corpusTexts(values.corpus)) texts.push(text);
  const tokenizer = trainByteLevelBpe(texts, { vocabularySize, specialTokens: [endToken], addedWords: formatWords });
  await writeModelFolder(values.out, {
    config: modelConfig,
    weights: initialiseModel(modelConfig, Number(values.seed), deviation),
    files: new Map([
      ['tokenizer.json', JSON.stringify(tokenizer)],
      ['tokenizer_config.json', JSON.stringify(tokenizerConfigJson({ eosToken: endToken, maxPositions }), null, 2)],
    ]),
  });
  console.log(`${values.out}: ${texts.length} paragraphs read, vocabulary of ${Object.keys(tokenizer.model.vocab).length}`);
}
