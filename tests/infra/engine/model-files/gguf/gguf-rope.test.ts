/** Scaled rotary embeddings of GGUF files, against the inverse frequencies that transformers computes (tests/fixtures/make-golden-families.py). */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readGgufConfig } from '../../../../../infra/engine/model-files/gguf/gguf-config.ts';
import { readGgufModel } from '../../../../../infra/engine/model-files/gguf/read-gguf-model.ts';
import type { ModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { readModelConfig } from '../../../../../infra/engine/model-files/model-config.ts';
import { writeModelFolder } from '../../../../../infra/engine/model-files/write-model-folder.ts';
import { ropeFrequencies } from '../../../../../infra/engine/tfjs/model/rope-frequencies.ts';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';
import { hasCode } from '../has-code.ts';
import { changedGguf, type Field } from './changed-gguf.ts';

interface GoldenFrequencies {
  readonly name: string;
  readonly inverse: readonly number[];
  readonly attentionFactor: number;
}

const golden = JSON.parse(await readFile(fixturePath('golden', 'rope-frequencies.json'), 'utf8')) as GoldenFrequencies[];
const goldenOf = (name: string): GoldenFrequencies => golden.find((each) => each.name === name)!;

let folder: string;
let file: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-rope-'));
  file = join(folder, 'model.gguf');
});
after(() => rm(folder, { recursive: true }));

async function configWith(name: string, fields: Readonly<Record<string, Field | null>>, divisors?: readonly number[]): Promise<ModelConfig> {
  await writeFile(file, await changedGguf(name, fields, divisors === undefined ? {} : { 'rope_freqs.weight': divisors }));
  return readGgufConfig(file);
}

function assertFrequencies(config: ModelConfig, expected: GoldenFrequencies): void {
  const { inverse, attentionFactor } = ropeFrequencies(config);
  assert.equal(inverse.length, expected.inverse.length);
  for (const [pair, frequency] of expected.inverse.entries()) assert.ok(Math.abs(inverse[pair]! - frequency) <= 2 ** -22 * frequency, `pair ${pair}`);
  assert.ok(Math.abs(attentionFactor - expected.attentionFactor) <= 1e-12);
}

function headOf(size: number, architecture = 'llama'): Record<string, Field> {
  return { [`${architecture}.attention.key_length`]: size, [`${architecture}.attention.value_length`]: size };
}

/** Divided by the factors that llama.cpp keeps: what transformers has of Llama 3.2. */
function llama32Divisors(): number[] {
  return goldenOf('Llama 3.2 1B').inverse.map((frequency, pair) => 1 / (500_000 ** (pair / 32) * frequency));
}

describe('a scaled rotary embedding of a GGUF file is that of transformers', () => {
  test('linear, in the new and in the old spelling, and without a kind', async () => {
    const fields = { ...headOf(128), 'llama.rope.freq_base': 10_000 };
    const spellings = [{ 'llama.rope.scaling.type': 'linear', 'llama.rope.scaling.factor': 2.5 }, { 'llama.rope.scaling.factor': 2.5 }, { 'llama.rope.scale_linear': 2.5 }];
    for (const spelling of spellings) assertFrequencies(await configWith('llama', { ...fields, ...spelling }), goldenOf('linear'));
  });

  test('yarn', async () => {
    const scaling = { 'qwen2.rope.scaling.type': 'yarn', 'qwen2.rope.scaling.factor': 4, 'qwen2.rope.scaling.original_context_length': 32_768 };
    const fields = { ...headOf(128, 'qwen2'), 'qwen2.rope.freq_base': 1_000_000, 'qwen2.context_length': 32_768 };
    assertFrequencies(await configWith('qwen2', { ...fields, ...scaling }), goldenOf('Qwen2.5 7B, long context'));
    const positions = { ...fields, ...scaling, 'qwen2.rope.scaling.original_context_length': null };
    assertFrequencies(await configWith('qwen2', positions), goldenOf('Qwen2.5 7B, long context'));
    const betas = { 'qwen2.rope.scaling.yarn_beta_fast': 16, 'qwen2.rope.scaling.yarn_beta_slow': 2.5 };
    const { ropeScaling } = await configWith('qwen2', { ...fields, ...scaling, ...betas });
    assert.deepEqual(ropeScaling, { kind: 'yarn', factor: 4, attentionFactor: 0.1 * Math.log(4) + 1, betaFast: 16, betaSlow: 2.5, truncate: true, originalPositions: 32_768 });
  });

  test('of Llama 3, from the divisors that the file keeps', async () => {
    const config = await configWith('llama', { ...headOf(64), 'llama.rope.freq_base': 500_000 }, llama32Divisors());
    assert.deepEqual(config.ropeScaling, { kind: 'llama3', factor: 32, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 8192 });
    assertFrequencies(config, goldenOf('Llama 3.2 1B'));
  });

  test('none, where the file says none or divides by one', async () => {
    for (const fields of [{ 'llama.rope.scaling.type': 'none', 'llama.rope.scaling.factor': 4 }, { 'llama.rope.scaling.type': 'linear' }]) {
      assert.equal((await configWith('llama', fields)).ropeScaling, null);
    }
    assert.equal((await configWith('llama', {}, [1, 1, 1, 1])).ropeScaling, null);
  });
});

describe('divisors', () => {
  test('are no weight: the model is read, and saved with a config that says the same', async () => {
    const fields = { 'llama.rope.freq_base': 500_000 };
    const rotations = (pair: number): number => 8192 / (2 * Math.PI * 500_000 ** (pair / 4));
    const share = (rotations(2) - 1) / 3;
    const { ropeScaling } = await configWith('llama', fields, [1, 1, 1 / ((1 - share) / 8 + share), 8]);
    const model = await readGgufModel(file);
    assert.deepEqual(ropeScaling, { kind: 'llama3', factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalPositions: 8192 });
    await writeModelFolder(join(folder, 'saved'), model);
    assert.deepEqual(await readModelConfig(join(folder, 'saved')), model.config);
  });

  for (const [what, fields, divisors, code, words] of [
    ['that are not those of Llama 3', {}, [1, 2, 4, 8], 'MODEL_UNSUPPORTED', /rope_freqs\.weight: pair 1 is divided by 2/u],
    ['that are no numbers', {}, [1, NaN, 1, 1], 'MODEL_UNSUPPORTED', /rope_freqs\.weight/u],
    ['of another number than the pairs of a head', {}, [1, 1], 'MODEL_INVALID', /rope_freqs\.weight/u],
    ['on top of a scaling', { 'llama.rope.scaling.factor': 2 }, [1, 1, 1, 1], 'MODEL_UNSUPPORTED', /rope_freqs\.weight/u],
  ] as const) {
    test(`${what} are refused`, async () => {
      await assert.rejects(configWith('llama', fields, divisors), hasCode(code, words));
    });
  }

  test('in a file of another architecture are refused', async () => {
    await assert.rejects(configWith('qwen2', {}, [1, 1, 1, 1]), hasCode('MODEL_UNSUPPORTED', /rope_freqs\.weight/u));
  });
});
