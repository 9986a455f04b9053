/**
 * A tiny Qwen3 that knows a little: its tokenizer, a corpus of made-up villages, and weights trained on it in this process for half a minute, once for a
 * folder. In: the folder. Out: paths.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../../../../infra/config/load-config.ts';
import { initialiseModel } from '../../../../../infra/engine/model-files/initialise-model.ts';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../../../../infra/engine/model-files/write-model-folder.ts';
import { tokenizerConfigJson } from '../../../../../infra/tokenizer/tokenizer-json.ts';
import { trainByteLevelBpe } from '../../../../../infra/tokenizer/train-byte-level-bpe.ts';
import { launch } from '../../../../../pipelines/launch.ts';

const endToken = '<|end|>';
const formatWords = ['[mask]', '\nmask:', '\nfill:', '\\mask{', '\\boxed{'];

/** With norms of queries and keys, Qwen3's class. */
export const tinyQwen3: ModelConfig = {
  architecture: 'llama',
  vocabularySize: 512,
  width: 64,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 16,
  ffnWidth: 176,
  rmsNormEps: 1e-6,
  ropeTheta: 10_000,
  ropeScaling: null,
  maxPositions: 256,
  tiedEmbeddings: true,
  qkNorm: true,
  attentionBias: false,
  experts: null,
  slidingWindow: null,
  fullAttentionLayers: [],
  noRopeLayers: [],
  bosToken: null,
  eosTokens: [0],
};

const names = ['Orrin', 'Tamsel', 'Beldon', 'Karvo', 'Listow', 'Merrin', 'Nolby', 'Pask', 'Quenby', 'Rudge', 'Sarn', 'Thorne', 'Ulvey', 'Varden', 'Westow', 'Yarrow'];
const endings = ['', 'ton', 'ford'];
const rivers = ['Tam', 'Ash', 'Dorn', 'Lode'];
const colours = ['red', 'white', 'grey', 'green'];
const trades = ['bread', 'glass', 'wool', 'salt'];

interface Village {
  readonly name: string;
  readonly text: string;
}

function villages(): Village[] {
  return endings.flatMap((ending, e) =>
    names.map((stem, n) => {
      const [i, name] = [e * names.length + n, stem + ending];
      const river = rivers[(i * 7 + 3) % 4]!;
      const colour = colours[(i * 5 + (i >> 2)) % 4]!;
      const trade = trades[(i * 3 + (i >> 3)) % 4]!;
      const text = `${name} is a village on the river ${river}. The church of ${name} is built of ${colour} stone. People there have made ${trade} for a long time, and ${trade} is sold by the river ${river}.`;
      return { name, text };
    }),
  );
}

export interface TinyBase {
  readonly model: string;
  readonly corpus: string;
}

/** What every run on this corpus sets. */
export function corpusSettings(corpus: string): string[] {
  return [
    ...[`corpus.path=${corpus}`, 'corpus.minTokens=8', 'corpus.maxTokens=200', 'corpus.nearDuplicateThreshold=1', 'corpus.shuffleWindow=64', 'rollouts.promptTemplate=short', 'rollouts.maxPromptTokens=160'],
    ...['rollouts.maxMaskResponseTokens=16', 'rollouts.maxPredictionResponseTokens=12', 'masks.spanLengthP=0.5', 'masks.maxSpanWords=3', 'masks.maxOccurrences=4', 'run.seed=1', 'log.tensorboard=false'],
  ];
}

const steps = 240;

function trainingSettings(corpus: string, fresh: string): string[] {
  return [
    ...[...corpusSettings(corpus), `model.path=${fresh}`, 'engine.backend=wasm', 'engine.threads=1', 'rollouts.paragraphsPerStep=16', `run.steps=${steps}`, `run.checkpointEvery=${steps}`],
    ...['pretraining.copyingShare=0.1', 'pretraining.formatShare=0.8', 'optimiser.learningRate=3e-3', 'optimiser.beta2=0.98'],
  ];
}

/** One that is there is taken where it was made in the same way. */
export async function makeTinyQwen3(folder: string): Promise<TinyBase> {
  const all = villages();
  const recipe = createHash('sha256').update(JSON.stringify([tinyQwen3, all, trainingSettings('', '')])).digest('hex');
  const home = join(folder, `tiny-qwen3-${recipe.slice(0, 12)}`);
  const [corpus, fresh, trained, ready] = [join(home, 'villages.jsonl'), join(home, 'fresh'), join(home, 'trained'), join(home, 'ready')];
  const made = { model: join(trained, 'checkpoints', `step-${String(steps).padStart(6, '0')}`), corpus };
  if (existsSync(ready)) return made;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(corpus, all.map(({ name, text }, i) => `${JSON.stringify({ id: String(i), title: name, text })}\n`).join(''));
  const tokenizer = trainByteLevelBpe(all.map(({ name, text }) => `${name}: ${text}`), { vocabularySize: tinyQwen3.vocabularySize, specialTokens: [endToken], addedWords: formatWords });
  await writeModelFolder(fresh, {
    config: tinyQwen3,
    weights: initialiseModel(tinyQwen3, 1, 0.1),
    files: new Map([
      ['tokenizer.json', JSON.stringify(tokenizer)],
      ['tokenizer_config.json', JSON.stringify(tokenizerConfigJson({ eosToken: endToken, maxPositions: tinyQwen3.maxPositions }))],
    ]),
  });
  const { config } = await loadConfig('continue-pretraining', { set: trainingSettings(corpus, fresh) });
  await launch(config, { directory: trained }).done;
  writeFileSync(ready, '');
  return made;
}
