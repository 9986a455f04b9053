/** Whole runs whose rollouts come from a server: each step is sampled by the weights of the step before, and a run that was killed leaves what an undisturbed one leaves. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createRolloutsEngine } from '../../infra/engine/openai-rollouts/create-rollouts-engine.ts';
import type { Engine } from '../../operators/ports/engine.ts';
import type { StepCommit } from '../../operators/ports/run-store.ts';
import { FakeCompletionsServer, servedModel } from '../infra/engine/openai-rollouts/fake-server.ts';
import { hastyRollouts } from '../infra/engine/openai-rollouts/served-engine.ts';
import { createStubEngine } from '../stub-engine.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubParagraphSource } from '../stub-paragraph-source.ts';
import { createStubRunStore, type StubRunStore } from '../stub-run-store.ts';
import { stubEndToken } from '../stub-tokenizer.ts';
import { statelessAnswer } from '../stateless-answer.ts';
import { newDirectory, startStubRun } from './stub-run.ts';

const config = stubConfig();
const stub = (): Engine => createStubEngine({ respond: statelessAnswer });

interface Setting {
  readonly fake: FakeCompletionsServer;
  readonly folder: string;
  readonly open: () => Promise<Engine>;
}

async function serve(t: TestContext): Promise<Setting> {
  const fake = await FakeCompletionsServer.start({ server: 'vllm', open: () => Promise.resolve(stub()), endTokens: [stubEndToken] });
  t.after(() => fake.stop());
  const folder = newDirectory();
  const options = { url: fake.url, apiKey: null, server: 'vllm', model: servedModel, maxRows: 8, weights: { folder, name: 'run', kind: 'adapter' } } as const;
  return { fake, folder, open: () => createRolloutsEngine(options, stub(), hastyRollouts()) };
}

async function run(engine: Engine, store: StubRunStore, resume = false): Promise<readonly StepCommit[]> {
  const started = await startStubRun(config, { store, resume, parts: { engine, source: createStubParagraphSource() } });
  try {
    await started.run.done;
  } finally {
    await engine.close();
  }
  return store.commits;
}

test('each step is sampled by the weights that the step before left, and nothing of them is left on server or disk', async (t) => {
  const { fake, folder, open } = await serve(t);
  const commits = await run(await open(), createStubRunStore(newDirectory()));
  assert.equal(commits.length, config.run.steps);
  const versions = commits.map(({ paragraphs }) => new Set(paragraphs.flatMap(({ maskRollouts }) => maskRollouts.map(({ policyVersion }) => policyVersion))));
  const trained = commits.map(({ gradientBatches }) => gradientBatches.length > 0);
  let version = 0;
  versions.forEach((seen, step) => {
    assert.deepEqual([...seen], [version], `step ${step + 1}`);
    if (trained[step]) version++;
  });
  assert.ok(version > 3, 'there is something to load');
  const named = new Set(fake.asked.filter(({ path }) => path === '/v1/completions').map(({ body }) => body.model));
  assert.deepEqual([...named], [...versions.keys()].map((step) => `run-version-${[...versions[step]!][0]!}`).filter((name, i, all) => all.indexOf(name) === i));
  assert.deepEqual([fake.adapters, readdirSync(folder)], [[], []]);
});

test('a run that was killed goes on and commits what an undisturbed one does', async (t) => {
  const whole = await serve(t);
  const expected = await run(await whole.open(), createStubRunStore(newDirectory()));
  const { open, fake } = await serve(t);
  const directory = newDirectory();
  const crashed = createStubRunStore(directory, {
    before: ({ step }) => {
      if (step === 4) throw new Error('killed');
    },
  });
  await assert.rejects(run(await open(), crashed), /killed/);
  const copy = newDirectory();
  await cp(directory, copy, { recursive: true });
  assert.ok(existsSync(join(copy, 'checkpoints')));
  assert.deepEqual(await run(await open(), createStubRunStore(copy, { commits: crashed.commits }), true), expected);
  assert.deepEqual(fake.adapters, []);
});
