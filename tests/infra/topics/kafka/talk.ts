/**
 * A process that talks to a broker as a worker does, and says all that it can: kafkajs's words at their loudest, the config, and of a failure all that a program could print. In: configs. Out: a line
 * `CONFIG: said N` for each where a message went there and back, `CONFIG: failed` else. secured.test.ts starts it, and looks for the secrets in what it says.
 */
import { inspect } from 'node:util';
import { reportError } from '../../../../infra/cli/report-error.ts';
import { processTerminal } from '../../../../infra/cli/terminal.ts';
import { loadConfig } from '../../../../infra/config/load-config.ts';
import { nodeFileSystem } from '../../../../infra/file-system/node-file-system.ts';
import { openConnection } from '../../../../infra/topics/kafka/connection.ts';
import { openKafkaBus } from '../../../../infra/topics/kafka/open-kafka-bus.ts';

const terminal = processTerminal(process);

async function talk(file: string): Promise<void> {
  try {
    const { config } = await loadConfig(file, { set: [], folder: process.cwd() });
    console.log(JSON.stringify(config));
    const connection = await openConnection(config.kafka, 'talk', { environment: process.env, fileSystem: nodeFileSystem, log: (line) => console.log(line) });
    console.log(inspect(connection, { depth: 4 }));
    const bus = await openKafkaBus({ connection, sessionTimeoutMs: config.kafka.sessionTimeoutMs, maxMessageBytes: config.kafka.maxMessageBytes });
    await bus.publish('talk', [{ partition: 0, key: 'k', headers: {}, value: new Uint8Array([7]) }]);
    console.log(`${file}: said ${(await bus.readAll('talk')).length}`);
    await bus.close();
  } catch (error) {
    console.log(JSON.stringify(error), inspect(error, { depth: 10 }));
    reportError(error, terminal);
    console.log(`${file}: failed`);
  }
}

for (const file of process.argv.slice(2)) await talk(file);
