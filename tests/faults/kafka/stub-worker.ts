/**
 * A worker's process for tests over a real broker: what `pretrainzero worker` does, with a stub engine, tokenizer and corpus. In: a config file, a stage, the run's folder, how many milliseconds a call of
 * the engine takes, which call: each where none is named, and the options of a Tinker engine, where one is to be used. Leaves after the work in progress at SIGTERM, or when its parent is gone.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { createTinkerEngine } from '../../../infra/engine/tinker/create-tinker-engine.ts';
import type { TinkerEngineOptions } from '../../../infra/engine/tinker/tinker-options.ts';
import { runWorker } from '../../../pipelines/distributed/run-worker.ts';
import { configSchema } from '../../../schemas/config/config.ts';
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import { hastyWorld } from '../../infra/engine/tinker/fake/hasty-world.ts';
import { stubParts } from './stub-parts.ts';

const [file = '', stage = '', directory = '', latencyMs = '0', slow = '', tinker = ''] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('disconnect', () => stop.abort());
process.channel?.unref();
try {
  const before = (call: string) => (slow === '' || slow === call ? sleep(Number(latencyMs)) : undefined);
  const samples = ['generate-masks', 'predict-spans', 'train'].includes(stage);
  const engine = tinker !== '' && samples ? { engine: await createTinkerEngine(JSON.parse(tinker) as TinkerEngineOptions, hastyWorld()) } : {};
  await runWorker({
    ...{ config: configSchema.parse(parse(readFileSync(file, 'utf8'))), stage, directory, id: randomUUID(), signal: stop.signal, emit: () => undefined },
    parts: { ...stubParts(before), ...engine },
    log: (line) => process.stderr.write(`${line}\n`),
  });
} catch (error) {
  const code = error instanceof PretrainZeroError ? error.code : null;
  process.stdout.write(`${JSON.stringify({ type: 'failed', code, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })}\n`);
  process.exitCode = 1;
}
