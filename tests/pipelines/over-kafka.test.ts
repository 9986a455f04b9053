/** The tests of whole runs over a real broker: the bodies of the files that run them in memory. Needs Java (infra/kafka). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { startBroker, type Broker } from '../../infra/kafka/start-broker.ts';
import type { MessageBus } from '../../operators/ports/message-bus.ts';
import { brokerSkip } from '../infra/kafka/broker-skip.ts';
import { openTestBus } from '../infra/topics/kafka/open-test-bus.ts';
import { endToEnd } from './bodies/end-to-end.ts';
import { faultsInAStep } from './bodies/faults-in-a-step.ts';
import { flowControl } from './bodies/flow-control.ts';
import { launches } from './bodies/launch.ts';
import { ownOperator } from './bodies/own-operator.ts';
import { resume } from './bodies/resume.ts';
import { kafkaTransport } from './kafka-transport.ts';

const skip = brokerSkip();
const folder = mkdtempSync(join(tmpdir(), 'pretrainzero-over-kafka-'));
let broker: Broker;
let bus: MessageBus;

before(async () => {
  if (skip !== false) return;
  broker = await startBroker({ folder: join(folder, 'broker'), settings: { 'group.min.session.timeout.ms': '500' } });
  bus = await openTestBus(broker.brokers, { sessionTimeoutMs: 30_000 }); // nobody dies here without a word, and a busy machine is no death
});

after(async () => {
  if (skip === false) {
    await bus.close();
    await broker.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

// Left to one process by their nature: every-config-field and export-metrics (what is tested are config and metrics, not edges), lora-run (one engine of tensors, which two processes would each hold), launch-by-transport.
const transport = kafkaTransport(() => bus);
for (const body of [endToEnd, resume, faultsInAStep, flowControl, launches, ownOperator]) describe(body.name, { skip, concurrency: 2 }, () => body(transport));
