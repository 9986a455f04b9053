/**
 * Makes the untrained base model: a tokenizer learnt from a corpus, and fresh weights. In: `--out DIR [--seed N] [--corpus PATH] [--family NAME]`. Out: a
 * Hugging Face folder that `pretrainzero run base-model --set model.path=DIR` goes on from. Wrong: CORPUS_*, NOT_WRITABLE.
 */
import { parseArgs } from 'node:util';
import { createParagraphSource } from '../../infra/corpus/create-paragraph-source.ts';
import { initialiseModel } from '../../infra/engine/model-files/initialise-model.ts';
import { writeModelFolder } from '../../infra/engine/model-files/write-model-folder.ts';
import { tokenizerConfigJson } from '../../infra/tokenizer/tokenizer-json.ts';
import { trainByteLevelBpe } from '../../infra/tokenizer/train-byte-level-bpe.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import { samplePath } from '../resolve-sample.ts';
import { maxPositions, modelShapes, vocabularySize } from './model-shapes.ts';

const endToken = '<|end|>';
const deviation = 0.08; // about 1 / sqrt(width)

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

const { values } = parseArgs({ options: { out: { type: 'string' }, seed: { type: 'string', default: '0' }, corpus: { type: 'string', default: 'atlas' }, family: { type: 'string', default: 'smollm3' } } });
const modelConfig = modelShapes.get(values.family);
if (values.out === undefined || modelConfig === undefined) {
  console.error(`Usage: node dist/pipelines/sample/initialise-model.js --out DIR [--seed N] [--corpus PATH] [--family ${[...modelShapes.keys()].join('|')}]`);
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
