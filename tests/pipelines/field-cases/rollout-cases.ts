import { after } from 'node:test';
import { TfjsEngine } from '../../../infra/engine/tfjs/tfjs-engine.ts';
import { FakeCompletionsServer } from '../../infra/engine/openai-rollouts/fake-server.ts';
import { optionsFor } from '../../infra/engine/tfjs/temporary-model.ts';
import { newDirectory } from '../stub-run.ts';
import type { FieldCase } from './field-case.ts';
import { tinyModels } from './tiny-models.ts';

const startSampler = (): Promise<FakeCompletionsServer> =>
  FakeCompletionsServer.start({ server: 'vllm', endTokens: [], open: () => TfjsEngine.open(optionsFor(tinyModels[0]!, { lora: { rank: 2, alpha: 4, targets: ['q_proj', 'down_proj'], seed: 1 } })) });

/** Two servers that sample. */
export const samplers = [await startSampler(), await startSampler()] as const;
after(() => Promise.all(samplers.map((sampler) => sampler.stop())));
process.env.PRETRAINZERO_TEST_KEY = 'key';
const sampled = [
  ...[`model.path=${tinyModels[0]!}`, 'engine.backend=wasm', 'engine.threads=1', 'engine.lora={rank: 2, alpha: 4, targets: [q_proj, down_proj]}'],
  `engine.rollouts={url: "${samplers[0].url}", server: vllm, model: base, folder: "${newDirectory()}", apiKey: null}`,
];

/** With a server that samples. */
export const rolloutCases: readonly FieldCase[] = [
  { key: 'engine.rollouts.url', value: samplers[1].url, differs: ['started'], given: sampled },
  { key: 'engine.rollouts.server', value: 'sglang', differs: ['refused'], given: sampled },
  { key: 'engine.rollouts.model', value: 'another', differs: ['refused'], given: sampled },
  { key: 'engine.rollouts.folder', value: newDirectory(), differs: ['asked'], given: sampled },
  { key: 'engine.rollouts.apiKey', value: '{env: PRETRAINZERO_TEST_KEY}', differs: ['asked'], given: sampled },
];
