/**
 * The corpus of a run. In: the config's corpus section, a seed, the model's tokenizer and the texts held out. Out: a source of paragraphs; nothing is
 * touched before `open`. Errors of `open`: CORPUS_NOT_FOUND (with the nearest names), NETWORK_FAILED, CONFIG_INVALID, RUN_MISMATCH; of the reader: CORPUS_EMPTY,
 * NETWORK_FAILED.
 */
import type { z } from 'zod';
import { emptyCounts } from '../../operators/corpus/corpus-counts.ts';
import { ExcludedTexts } from '../../operators/corpus/excluded-texts.ts';
import type { FoundFile } from '../../operators/corpus/input-file.ts';
import { openParagraphReader, type CorpusReader } from '../../operators/corpus/paragraph-reader.ts';
import { createTemplateRenderer } from '../../operators/corpus/render-template.ts';
import type { CorpusPosition, ParagraphSource } from '../../operators/ports/paragraph-source.ts';
import type { Tokenizer } from '../../operators/ports/tokenizer.ts';
import type { corpusSection } from '../../schemas/config/sections.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { formatOf } from './corpus-format.ts';
import { nodeFileSystem, type FileSystem } from './file-system.ts';
import { findHubFiles } from './hub-files.ts';
import { findLocalFiles } from './local-files.ts';
import { openPages } from './open-pages.ts';

export type CorpusSection = Readonly<z.infer<typeof corpusSection>>;

export interface ParagraphSourceOptions {
  readonly config: CorpusSection;
  /** uint32; `run.seed`. */
  readonly seed: number;
  readonly tokenizer: Pick<Tokenizer, 'encode'>;
  /** Texts that never come out: the held-out items. */
  readonly excludeTexts: Iterable<string>;
  /** Path of a bundled dump, for the paths `sample` and `atlas`. */
  readonly resolveSample: (name: BundledCorpus) => string;
  /** @default the disk */
  readonly fileSystem?: FileSystem;
  /** How hf:// addresses are reached. */
  readonly hub?: HubOptions;
}

export interface CorpusSource extends ParagraphSource {
  open(from?: CorpusPosition): Promise<CorpusReader>;
}

export type BundledCorpus = 'sample' | 'atlas';

export function createParagraphSource(options: ParagraphSourceOptions): CorpusSource {
  const { config, tokenizer } = options;
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  const excluded = new ExcludedTexts(options.excludeTexts);

  const find = async (path: string): Promise<FoundFile[]> => {
    if (path === 'sample' || path === 'atlas') return findLocalFiles(options.resolveSample(path), fileSystem, `${path}.xml.bz2`);
    return path.startsWith('hf://') ? findHubFiles(path, options.hub) : findLocalFiles(path, fileSystem);
  };

  return {
    async open(from) {
      const files: FoundFile[] = [];
      for (const path of typeof config.path === 'string' ? [config.path] : config.path) files.push(...(await find(path)));
      const distinct = [...new Map(files.map((file) => [file.address, file])).values()];
      for (const file of distinct) formatOf(file.address, config.format);
      return openParagraphReader(
        {
          files: distinct,
          openPages: (file) => openPages(file, config),
          renderTemplate: createTemplateRenderer(),
          countTokens: (text) => tokenizer.encode(text).length,
          limits: config,
          excluded,
          counts: emptyCounts(),
          seed: options.seed,
          nearDuplicateThreshold: config.nearDuplicateThreshold,
          shuffleWindow: config.shuffleWindow,
          repeat: config.repeat,
        },
        from,
      );
    },
  };
}
