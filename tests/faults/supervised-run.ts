/** `pretrainzero run` over Kafka for tests that send it signals, with workers of stubs. In: a config file, the run's folder, `resume` or nothing. Out: a line of JSON an event, `finished` the last. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { listenForStop } from '../../infra/cli/stop-signals.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { forkWorker } from '../../infra/processes/fork-worker.ts';
import { supervise } from '../../pipelines/distributed/supervise.ts';
import { configSchema } from '../../schemas/config/config.ts';

const [file = '', directory = '', how] = process.argv.slice(2);
const program = fileURLToPath(new URL('distributed-worker.js', import.meta.url));
const stop = listenForStop(process, systemClock, { first: () => undefined, second: () => process.exit(130) });
const run = supervise(configSchema.parse(parse(readFileSync(file, 'utf8'))), {
  ...{ directory, resume: how === 'resume', workers: {}, signal: stop.signal },
  start: (stage) => forkWorker(program, [file, stage, directory]),
});
run.events.subscribe((event) => process.stdout.write(`${JSON.stringify(event)}\n`));
await run.done;
stop.close();
