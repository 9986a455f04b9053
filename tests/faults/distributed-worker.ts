/** A worker's process for tests over a real broker: `pretrainzero worker` with a stub engine, tokenizer and corpus. In: a config file, a stage, the run's folder. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { runWorker } from '../../pipelines/distributed/run-worker.ts';
import { configSchema } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { statelessAnswer } from '../stateless-answer.ts';
import { createStubEngine } from '../stub-engine.ts';
import { createStubParagraphSource } from '../stub-paragraph-source.ts';
import { createStubTokenizer } from '../stub-tokenizer.ts';

const [file = '', stage = '', directory = ''] = process.argv.slice(2);
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.on('disconnect', () => stop.abort());
process.channel?.unref();
try {
  await runWorker({
    ...{ config: configSchema.parse(parse(readFileSync(file, 'utf8'))), stage, directory, id: randomUUID(), wait: true, signal: stop.signal, emit: () => undefined },
    parts: {
      tokenizer: createStubTokenizer(),
      engine: createStubEngine({ respond: statelessAnswer, before: () => sleep(20) }),
      source: createStubParagraphSource({ letterEvery: 4 }),
      heldOut: { cloze: [], probe: [] },
    },
  });
} catch (error) {
  const code = error instanceof PretrainZeroError ? error.code : null;
  process.stdout.write(`${JSON.stringify({ type: 'failed', code, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })}\n`);
  process.exitCode = 1;
}
