/** The corpus of a run. In: the config and the model's tokenizer. Out: its source. Can go wrong: CORPUS_NOT_FOUND where `corpus.exclude` is missing. */
import { readFile } from 'node:fs/promises';
import { createParagraphSource } from '../infra/corpus/create-paragraph-source.ts';
import { hubOptionsFrom } from '../infra/hub/hub-options.ts';
import { parseExcludedTexts } from '../operators/corpus/excluded-texts.ts';
import type { ParagraphSource } from '../operators/ports/paragraph-source.ts';
import type { Tokenizer } from '../operators/ports/tokenizer.ts';
import type { Config } from '../schemas/config/config.ts';
import { PretrainZeroError } from '../schemas/pretrain-zero-error.ts';
import { resolveExcluded, samplePath } from './resolve-sample.ts';

export async function openSource(config: Config, tokenizer: Tokenizer): Promise<ParagraphSource> {
  return createParagraphSource({
    config: config.corpus,
    seed: config.run.seed,
    tokenizer,
    excludeTexts: await excludedTexts(config.corpus.exclude),
    resolveSample: (name) => samplePath('corpus', name),
    hub: hubOptionsFrom(process.env),
  });
}

async function excludedTexts(path: string | null): Promise<string[]> {
  const files = path === null ? [] : resolveExcluded(path);
  return (await Promise.all(files.map(readExcluded))).flat();
}

async function readExcluded(file: string): Promise<string[]> {
  try {
    return parseExcludedTexts(await readFile(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof PretrainZeroError) throw cause;
    throw new PretrainZeroError('CORPUS_NOT_FOUND', 'the file of excluded texts cannot be read', { file, key: 'corpus.exclude' }, cause);
  }
}
