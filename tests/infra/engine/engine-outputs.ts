/** A program: prints what the engine gives for a tiny model on the backend that is its argument, as JSON; samples, losses, norms, scores. */
import type { BackendName } from '../../../infra/engine/tfjs/backend/open-backend.ts';
import { createTfjsEngine } from '../../../infra/engine/tfjs/create-tfjs-engine.ts';
import { fixturePath } from '../../fixtures/fixture-path.ts';
import { readGoldenCase } from './golden-case.ts';
import { optionsFor } from './tfjs/temporary-model.ts';

const model = 'qwen3';
const { inputIds, groups, clipLow, clipHigh, grpo } = await readGoldenCase(model);
const engine = await createTfjsEngine(optionsFor(fixturePath('golden', model), { backend: process.argv[2] as BackendName, threads: 2 }));
const outputs: unknown[] = [];
for (const temperature of [0, 1]) {
  const sampling = { groups: inputIds.map((promptTokens) => ({ promptTokens, seeds: [1, 2] })), maxNewTokens: 12, temperature, stopTokens: [] };
  outputs.push(await engine.generate(sampling));
}
outputs.push(await engine.accumulate({ groups, stepTokens: grpo.responseTokens, loss: { kind: 'grpo', clipLow, clipHigh, ratioCap: Infinity, temperature: 1 } }));
outputs.push(await engine.step({ learningRate: 1e-3, gradientClip: 1 }));
outputs.push(await engine.score(groups));
await engine.close();
process.stdout.write(JSON.stringify(outputs));
