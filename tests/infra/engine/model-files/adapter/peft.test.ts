/** Opt-in: runs where PRETRAINZERO_PYTHON (or `python3`) has torch, transformers and peft, and says so where it does not. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { adapterTargets, type AdapterTarget } from '../../../../../infra/engine/model-files/adapter/adapter-config.ts';
import { TfjsEngine } from '../../../../../infra/engine/tfjs/tfjs-engine.ts';
import { fixturePath } from '../../../../fixtures/fixture-path.ts';
import { readGoldenCase } from '../../golden-case.ts';
import { optionsFor } from '../../tfjs/temporary-model.ts';

interface Loaded {
  readonly trained: number;
  readonly logits: readonly number[];
}

interface Saved {
  readonly folder: string;
  readonly inputIds: readonly (readonly number[])[];
  readonly trained: number;
  /** Of the last token's successor, for each row and token. */
  readonly scores: readonly (readonly number[])[];
}

const python = process.env.PRETRAINZERO_PYTHON ?? 'python3';
const absent =
  spawnSync(python, ['-c', 'import torch, transformers, peft']).status === 0 ? false : `${python} has no torch, transformers and peft: set PRETRAINZERO_PYTHON to one that has`;
if (absent !== false) console.warn(`NOT RUN: adapters loaded by PEFT. ${absent}`);

const vocabularySize = 96;
const adapters: Readonly<Record<string, { readonly rank: number; readonly alpha: number; readonly targets: readonly AdapterTarget[] }>> = {
  llama: { rank: 4, alpha: 8, targets: adapterTargets },
  qwen2: { rank: 2, alpha: 3, targets: ['k_proj', 'down_proj'] },
  qwen3: { rank: 1, alpha: 1, targets: ['q_proj', 'o_proj', 'gate_proj'] },
  'qwen3-moe': { rank: 2, alpha: 4, targets: ['q_proj', 'v_proj'] },
};

describe('an adapter that we train and save, loaded by PEFT', { skip: absent }, () => {
  let folder: string;
  const saved = new Map<string, Saved>();
  let loaded: readonly Loaded[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peft-'));
    for (const name of Object.keys(adapters)) saved.set(name, await trainAndSave(name));
    loaded = loadInPeft([...saved.values()]);
  });
  after(() => rm(folder, { recursive: true }));

  for (const [index, name] of Object.keys(adapters).entries()) {
    test(`gives the log-probabilities that it gives here: ${name}`, () => {
      const { inputIds, scores, trained } = saved.get(name)!;
      const { logits, trained: trainedThere } = loaded[index]!;
      assert.equal(trainedThere, trained);
      for (const [row, tokens] of inputIds.entries()) {
        const last = (row * tokens.length + tokens.length - 1) * vocabularySize;
        const expected = logSoftmax(logits.slice(last, last + vocabularySize));
        scores[row]!.forEach((score, token) => assert.ok(Math.abs(score - expected[token]!) < 1e-4, `row ${row}, token ${token}: ${score}, not ${expected[token]!}`));
      }
    });
  }

  async function trainAndSave(name: string): Promise<Saved> {
    const { groups, inputIds, clipLow, clipHigh, grpo } = await readGoldenCase(name);
    const engine = await TfjsEngine.open(optionsFor(fixturePath('golden', name), { lora: { ...adapters[name]!, seed: 5 } }));
    try {
      for (let step = 0; step < 3; step++) {
        await engine.accumulate({ groups, stepTokens: grpo.responseTokens, loss: { kind: 'grpo', clipLow, clipHigh, ratioCap: Infinity, temperature: 1 } });
        await engine.step({ learningRate: 1e-2, gradientClip: 1 });
      }
      await engine.save(join(folder, name), { optimizer: true });
      const responses = Array.from({ length: vocabularySize }, (_, token) => ({ id: String(token), tokens: [token], logprobs: [0], advantage: 0 }));
      const scored = await engine.score(inputIds.map((promptTokens) => ({ promptTokens, responses })));
      return { folder: join(folder, name), inputIds, trained: engine.info.trainedParameters, scores: scored.map((row) => row.map(([score]) => score!)) };
    } finally {
      await engine.close();
    }
  }
});

function loadInPeft(requests: readonly Saved[]): readonly Loaded[] {
  const asked = requests.map(({ folder, inputIds }) => ({ folder, inputIds }));
  const run = spawnSync(python, [fixturePath('load-in-peft.py'), JSON.stringify(asked)], { encoding: 'utf8', env: { ...process.env, HF_HUB_OFFLINE: '1' }, maxBuffer: 2 ** 26 });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout.trim().split('\n').at(-1)!) as Loaded[];
}

function logSoftmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const total = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return logits.map((logit) => logit - total);
}
