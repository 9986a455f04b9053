import { after } from 'node:test';
import { stubServer } from '../../infra/engine/tinker/fake/stub-server.ts';
import type { FieldCase } from './field-case.ts';
import { tinyModels } from './tiny-models.ts';

/** Two servers of the model. */
export const servers = [await stubServer(), await stubServer()] as const;
after(() => Promise.all(servers.map(({ fake }) => fake.stop())));
process.env.PRETRAINZERO_TEST_KEY = 'key';
const remote = [
  ...[`model.path=${tinyModels[0]!}`, 'optimiser.gradientClip=1.0e9', 'engine.lora={rank: 2, alpha: 32, targets: [q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]}'],
  `engine.tinker={url: "${servers[0].fake.url}", backend: jax, model: tiny-model, apiKey: null}`,
];

/** With the model on a server. */
export const tinkerCases: readonly FieldCase[] = [
  { key: 'engine.tinker.url', value: servers[1].fake.url, differs: ['started'], given: remote },
  { key: 'engine.tinker.backend', value: 'fsdp', differs: ['started'], given: remote },
  { key: 'engine.tinker.model', value: 'another', differs: ['refused'], given: remote },
  { key: 'engine.tinker.apiKey', value: '{env: PRETRAINZERO_TEST_KEY}', differs: ['asked'], given: remote },
];
