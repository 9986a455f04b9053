import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch } from '../../pipelines/index.ts';
import { isError } from '../is-error.ts';
import { stubConfig } from '../stub-config.ts';
import { createStubEngine } from '../stub-engine.ts';
import { newDirectory } from './stub-run.ts';

const overKafka = stubConfig({ transport: 'kafka', kafka: { sasl: { mechanism: 'plain', username: 'a', password: { env: 'PRETRAINZERO_NO_SUCH_VARIABLE' } } } });

test('over Kafka a run is one of workers, by the brokers of the config', async () => {
  const { events, done } = launch(overKafka, { directory: join(newDirectory(), 'run') });
  const types: string[] = [];
  events.subscribe(({ type }) => types.push(type));
  await assert.rejects(done, isError('SECRET_MISSING', /PRETRAINZERO_NO_SUCH_VARIABLE/));
  assert.deepEqual(types, ['failed']);
});

test('parts of a program cannot be given to processes: it is said what can be done', async () => {
  const { done } = launch(overKafka, { directory: join(newDirectory(), 'run'), parts: { engine: createStubEngine() } });
  await assert.rejects(done, isError('USAGE', /cannot be given `parts`; start them with `supervise`, each a program of yours that calls `runWorker`/));
});
