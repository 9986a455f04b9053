/**
 * The engine on a real SkyRL server on CPUs, with a tiny Qwen3: its first update is the one in this process, and a PretrainZero run of 20 steps learns, also where the server is killed on the way. Only where PRETRAINZERO_SKYRL names the
 * folder of `infra/setup/skyrl.sh` (7 GB).
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { verifyRun } from '../../../../infra/checkpoints/verify-run.ts';
import { loadConfig } from '../../../../infra/config/load-config.ts';
import { adapterTargets } from '../../../../infra/engine/model-files/adapter/adapter-config.ts';
import { readAdapter } from '../../../../infra/engine/model-files/adapter/adapter-folder.ts';
import type { Weights } from '../../../../infra/engine/model-files/host-tensor.ts';
import { createTinkerEngine } from '../../../../infra/engine/tinker/create-tinker-engine.ts';
import { readRemoteState } from '../../../../infra/engine/tinker/remote-state.ts';
import { TfjsEngine } from '../../../../infra/engine/tfjs/tfjs-engine.ts';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import type { AccumulateRequest, Engine, TrainingGroup } from '../../../../operators/ports/engine.ts';
import { launch, type Run } from '../../../../pipelines/launch.ts';
import type { StepReport } from '../../../../schemas/records/step-report.ts';
import { isError } from '../../../is-error.ts';
import { optionsFor } from '../tfjs/temporary-model.ts';
import { grpoLoss, responseTokens, tokensOf } from '../tfjs/training-examples.ts';
import { readServedAdapter, type ServedAdapter } from './real/read-served-adapter.ts';
import { SkyrlServer } from './real/skyrl-server.ts';
import { corpusSettings, makeTinyQwen3, tinyQwen3, type TinyBase } from './real/tiny-qwen3.ts';

const installed = process.env['PRETRAINZERO_SKYRL'];
const skip = installed === undefined && 'NOT COMPARED: set PRETRAINZERO_SKYRL (infra/setup/skyrl.sh)';

const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-real-server-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const adapter = { rank: 4, alpha: 32, targets: adapterTargets };

let made: Promise<TinyBase> | null = null;
const base = (): Promise<TinyBase> => (made ??= makeTinyQwen3(installed!));

function largestDifference(a: readonly number[], b: readonly number[]): number {
  assert.equal(a.length, b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

function valuesOf(tensors: Weights): number[] {
  return [...tensors.keys()].sort().flatMap((name) => [...tensors.get(name)!.data]);
}

async function train(engine: Engine, groups: readonly TrainingGroup[]): Promise<{ readonly loss: number; readonly norm: number }> {
  const stepTokens = responseTokens(groups);
  const stepResponses = groups.flatMap(({ responses }) => responses).length;
  let loss = 0;
  for (const group of groups) {
    const request: AccumulateRequest = { groups: [group], loss: grpoLoss, stepTokens, stepResponses };
    loss += (await engine.accumulate(request)).loss;
  }
  const { gradientNorm } = await engine.step({ learningRate: 0.01, gradientClip: 1e9 });
  return { loss, norm: gradientNorm! };
}

test('the first update on a real server is that of the engine in this process', { skip }, async (t) => {
  const { model } = await base();
  const engines: Engine[] = [];
  t.after(() => Promise.all(engines.map((engine) => engine.close()))); // before the server goes
  const server = await SkyrlServer.start(t, installed!, model);
  const optimiser = { beta1: 0.9, beta2: 0.999, epsilon: 1e-3, weightDecay: 0.01 }; // the update is then smooth in the gradient, where a small epsilon makes a sign of it
  const remote = await createTinkerEngine({ modelDirectory: model, url: server.url, apiKey: null, backend: 'jax', model, lora: adapter, seed: 11, maxRows: 32, optimiser, keepStates: 2 });
  const local = await TfjsEngine.open(optionsFor(model, { lora: { ...adapter, seed: 0 }, optimiser }));
  engines.push(remote, local);
  const served = async (name: string): Promise<ServedAdapter> => {
    const state = join(folder, name);
    await remote.save(state, { optimizer: false });
    const { path, version } = await readRemoteState(state);
    return readServedAdapter(server.samplerArchive(path), { folder: join(folder, `${name}-adapter`), adapter, config: tinyQwen3, base: model, version });
  };
  const first = await served('first');
  await local.load(first.folder);

  const prompts = [1, 2].map((start) => ({ promptTokens: tokensOf(20 + start, start, 400), seeds: [start * 1000, start * 1000 + 1, start * 1000 + 2] }));
  const { samples } = await remote.generate({ groups: prompts, maxNewTokens: 10, temperature: 1, stopTokens: [0] });
  const groups = prompts.map(({ promptTokens }, g) => ({
    promptTokens,
    responses: samples[g]!.map(({ tokens, logprobs }, i) => ({ id: `${g}/${i}`, tokens, logprobs, advantage: i === 0 ? 1.25 : -0.625 })),
  }));
  const sampled = groups.flatMap(({ responses }) => responses.flatMap(({ logprobs }) => logprobs));
  const before = largestDifference(sampled, (await local.score(groups)).flat(2));

  const [there, here] = [await train(remote, groups), await train(local, groups)];
  const updated = join(folder, 'in-process');
  await local.save(updated, { optimizer: false });
  const [far, near] = [await served('second'), await readAdapter(updated, adapter, tinyQwen3)];
  const step = largestDifference(valuesOf(first.tensors), valuesOf(far.tensors));
  const apart = largestDifference(valuesOf(near.tensors), valuesOf(far.tensors));
  const after = largestDifference((await remote.score(groups)).flat(2), (await local.score(groups)).flat(2));
  t.diagnostic(`log-probabilities of samples differ by ${before}; losses ${there.loss} and ${here.loss}; gradient norms ${there.norm} and ${here.norm}; weights moved by up to ${step} and differ by ${apart}; log-probabilities then by ${after}`);
  assert.ok(sampled.length > 20 && before < 1e-4, `log-probabilities of samples differ by ${before}`);
  assert.ok(Math.abs(there.loss - here.loss) < 1e-5, `losses ${there.loss}, ${here.loss}`);
  assert.ok(Math.abs(there.norm - here.norm) < 1e-4 * here.norm, `gradient norms ${there.norm}, ${here.norm}`);
  assert.ok(step > 1e-3 && apart < 1e-3 * step, `weights moved by up to ${step} and differ by ${apart}`);
  assert.ok(after < 1e-4, `log-probabilities differ by ${after} after the update`);
});

test('a run of 20 steps on a real server learns, and goes on from its last checkpoint after the server was killed', { skip }, async (t) => {
  const { model, corpus } = await base();
  const server = await SkyrlServer.start(t, installed!, model);
  const { config } = await loadConfig('base', {
    set: [
      ...[...corpusSettings(corpus), `model.path=${model}`, 'run.steps=20', 'run.checkpointEvery=3', 'rollouts.paragraphsPerStep=8', 'rollouts.masksPerParagraph=6', 'rollouts.predictionsPerMask=4'],
      ...[`engine.tinker={url: "${server.url}", backend: jax, model: "${model}", apiKey: null}`, `engine.lora={rank: 8, alpha: 32, targets: [${adapterTargets.join()}]}`, 'engine.maxRowsPerBatch=32'],
      ...['optimiser.learningRate=2e-3', 'optimiser.schedule=constant', 'optimiser.warmupSteps=1', 'optimiser.gradientClip=1e9'],
    ],
  });
  const directory = join(folder, 'run');
  const reports = new Map<number, StepReport>();
  const committed: number[] = [];
  const started = (resume: boolean): Run => {
    const run = launch(config, { directory, resume });
    run.events.subscribe((event) => {
      if (event.type !== 'step-done') return;
      reports.set(event.step, event.report);
      committed.push(event.step);
    });
    return run;
  };
  const killed = started(false);
  const restarts: Promise<void>[] = [];
  killed.events.subscribe((event) => {
    if (event.type === 'step-done' && event.step === 8) restarts.push(server.kill().then(() => server.start()));
  });
  await assert.rejects(killed.done, isError('ENGINE_FAILED', /the server has lost it/));
  await Promise.all(restarts);
  assert.deepEqual(committed.splice(0), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal((await started(true).done).kind, 'completed');
  assert.deepEqual(committed, [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20], 'it goes on after the checkpoint of step 6');
  assert.deepEqual((await verifyRun(nodeFileSystem, directory)).problems, []);
  const all = [...reports.values()];
  const mean = (of: readonly StepReport[], key: 'predictionRewardMean' | 'usableMaskShare'): number => of.reduce((sum, report) => sum + (report[key] ?? 0), 0) / of.length;
  const [early, late] = [all.slice(0, 5), all.slice(-5)];
  const right = [early, late].map((reports) => mean(reports, 'predictionRewardMean'));
  const usable = [early, late].map((reports) => mean(reports, 'usableMaskShare'));
  t.diagnostic(`of steps 1 to 5 and 16 to 20: ${right.join(' and ')} of the predictions are right, ${usable.join(' and ')} of the masks usable`);
  assert.ok(right[1]! > right[0]! + 0.15, `right predictions: ${right.join(', ')}`);
  assert.ok(usable[1]! > usable[0]! + 0.05, `usable masks: ${usable.join(', ')}`);
});
