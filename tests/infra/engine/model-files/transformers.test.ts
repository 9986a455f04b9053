/** Opt-in: runs where PRETRAINZERO_PYTHON (or `python3`) has torch and transformers, and says so where it does not. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readGgufModel } from '../../../../infra/engine/model-files/gguf/read-gguf-model.ts';
import { initialiseModel } from '../../../../infra/engine/model-files/initialise-model.ts';
import { readModelConfig } from '../../../../infra/engine/model-files/model-config.ts';
import { readModelWeights } from '../../../../infra/engine/model-files/read-model-weights.ts';
import { readSafetensors } from '../../../../infra/engine/model-files/read-safetensors.ts';
import { saveHead } from '../../../../infra/engine/tfjs/critic/head-files.ts';
import { ValueHead } from '../../../../infra/engine/tfjs/critic/value-head.ts';
import { writeModelFolder } from '../../../../infra/engine/model-files/write-model-folder.ts';
import { loadTokenizer } from '../../../../infra/tokenizer/load-tokenizer.ts';
import { tokenizerConfigJson } from '../../../../infra/tokenizer/tokenizer-json.ts';
import { trainByteLevelBpe } from '../../../../infra/tokenizer/train-byte-level-bpe.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';

interface Loaded {
  readonly class: string;
  readonly dtype: string;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly logits: readonly number[];
  readonly ids?: readonly number[];
  readonly eos?: number;
}

interface LoadRequest {
  readonly folder: string;
  readonly inputIds: readonly (readonly number[])[];
  readonly text: string;
}

const python = process.env.PRETRAINZERO_PYTHON ?? 'python3';
const text = "It's 1874: the lighthouse² of Łódź…  <|endoftext|>";
const absent =
  spawnSync(python, ['-c', 'import torch, transformers']).status === 0
    ? false
    : `${python} has no torch and transformers: set PRETRAINZERO_PYTHON to one that has`;
if (absent !== false) console.warn(`NOT RUN: folders loaded by Hugging Face transformers. ${absent}`);

const classes = {
  llama: 'LlamaForCausalLM',
  mistral: 'MistralForCausalLM',
  qwen2: 'Qwen2ForCausalLM',
  qwen3: 'Qwen3ForCausalLM',
  'llama-llama3': 'LlamaForCausalLM',
  'llama-linear': 'LlamaForCausalLM',
  'qwen2-yarn': 'Qwen2ForCausalLM',
  smollm3: 'SmolLM3ForCausalLM',
  'qwen3-layer-types': 'Qwen3ForCausalLM',
  'qwen3-moe': 'Qwen3MoeForCausalLM',
  'qwen3-moe-sparse': 'Qwen3MoeForCausalLM',
} as const;

const ggufNames = ['llama', 'qwen2', 'qwen3'] as const;

interface GgufCase {
  readonly inputIds: readonly (readonly number[])[];
  readonly logits: string; // base64 of float32
}

async function readGgufCase(name: string): Promise<GgufCase> {
  return JSON.parse(await readFile(fixturePath('gguf', `${name}.json`), 'utf8')) as GgufCase;
}

describe('a folder that we write, loaded by Hugging Face transformers', { skip: absent }, () => {
  let folder: string;
  let loaded: ReadonlyMap<string, Loaded>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'transformers-'));
    const goldens = Object.keys(classes).flatMap((name) => [rewriteGolden(name, false), rewriteGolden(name, true)]);
    const requests = await Promise.all([...goldens, ...ggufNames.map(rewriteGguf)]);
    loaded = loadInTransformers([...requests, await writeFresh()]);
  });
  after(() => rm(folder, { recursive: true }));

  for (const [name, className] of Object.entries(classes)) {
    test(`gives the logits of the ${name} model it came from, with a config of our own and with that of its source`, async () => {
      const golden = (await readSafetensors(fixturePath('golden', name, 'logits.safetensors'))).tensors.get('logits')!.data;
      for (const model of [loaded.get(join(folder, name))!, loaded.get(join(folder, `${name}-kept`))!]) {
        assert.equal(model.class, className);
        assert.equal(model.dtype, 'torch.float32');
        assert.deepEqual([model.missing, model.unexpected], [[], []]);
        assert.equal(model.logits.length, golden.length);
        for (const [i, logit] of model.logits.entries()) assert(Math.abs(logit - golden[i]!) < 1e-5, `logit ${i}`);
      }
    });
  }

  for (const name of ggufNames) {
    test(`gives the logits and the tokens of the ${name} model of a GGUF file`, async () => {
      const model = loaded.get(join(folder, `gguf-${name}`))!;
      assert.equal(model.class, classes[name]);
      assert.deepEqual([model.missing, model.unexpected], [[], []]);
      const { logits } = await readGgufCase(name);
      const expected = new Float32Array(new Uint8Array(Buffer.from(logits, 'base64')).buffer);
      assert.equal(model.logits.length, expected.length);
      for (const [i, logit] of model.logits.entries()) assert(Math.abs(logit - expected[i]!) < 1e-5, `logit ${i}`);
      assert.deepEqual(model.ids, (await loadTokenizer(fixturePath('gguf', `${name}.gguf`))).encodeWithSpecials(text));
      assert.equal(model.eos, 0);
    });
  }

  test('has the tokenizer that we trained, with the same ids', async () => {
    const fresh = join(folder, 'fresh');
    const model = loaded.get(fresh)!;
    assert.deepEqual(model.ids, (await loadTokenizer(fresh)).encodeWithSpecials(text));
    assert.equal(model.eos, 0);
    assert(model.logits.every(Number.isFinite));
  });

  async function rewriteGolden(name: string, keepsConfig: boolean): Promise<LoadRequest> {
    const source = fixturePath('golden', name);
    const target = join(folder, keepsConfig ? `${name}-kept` : name);
    const config = await readModelConfig(source);
    const weights = await readModelWeights(source, config);
    await writeModelFolder(target, { config, weights, ...(keepsConfig ? { source } : {}) });
    await saveHead(target, new ValueHead(config.width), 0, null); // a critic beside the model is passed over
    const { inputIds } = JSON.parse(await readFile(join(source, 'case.json'), 'utf8')) as { inputIds: number[][] };
    return { folder: target, inputIds, text };
  }

  async function rewriteGguf(name: string): Promise<LoadRequest> {
    const target = join(folder, `gguf-${name}`);
    await writeModelFolder(target, await readGgufModel(fixturePath('gguf', `${name}.gguf`)));
    const { inputIds } = await readGgufCase(name);
    return { folder: target, inputIds, text };
  }

  async function writeFresh(): Promise<LoadRequest> {
    const base = await readModelConfig(fixturePath('golden', 'llama'));
    const config = { ...base, vocabularySize: 300, eosTokens: [0], bosToken: null };
    const corpus = JSON.parse(await readFile(fixturePath('tokenizers', 'corpus.json'), 'utf8')) as string[];
    const tokenizer = trainByteLevelBpe(corpus, { vocabularySize: 300, specialTokens: ['<|endoftext|>'] });
    const files = new Map([
      ['tokenizer.json', JSON.stringify(tokenizer)],
      ['tokenizer_config.json', JSON.stringify(tokenizerConfigJson({ eosToken: '<|endoftext|>', maxPositions: 128 }))],
    ]);
    await writeModelFolder(join(folder, 'fresh'), { config, weights: initialiseModel(config, 1), files });
    return { folder: join(folder, 'fresh'), inputIds: [[1, 2, 3]], text };
  }
});

function loadInTransformers(requests: readonly LoadRequest[]): ReadonlyMap<string, Loaded> {
  const run = spawnSync(python, [fixturePath('load-in-transformers.py'), JSON.stringify(requests)], {
    encoding: 'utf8',
    env: { ...process.env, HF_HUB_OFFLINE: '1' },
    maxBuffer: 2 ** 26,
  });
  assert.equal(run.status, 0, run.stderr);
  const results = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Loaded[];
  return new Map(results.map((result, i) => [requests[i]!.folder, result]));
}
