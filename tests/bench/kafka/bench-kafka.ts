/**
 * What Kafka costs. In: which parts to measure. Out: their rows. Starts a broker of its own (Java 17 or newer). Figures are of everything on one machine, broker with it: with fewer cores than processes they say what
 * the processes cost, not what a cluster could do.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from '../../../infra/kafka/start-broker.ts';
import type { BenchRow } from '../bench-row.ts';
import { openTestBus } from '../../infra/topics/kafka/open-test-bus.ts';
import { benchCodec } from './codec.ts';
import { benchHop } from './hop.ts';
import { benchScale } from './scale.ts';

/** @param only names of parts, by commas; all without. */
export async function benchKafka(only = 'hop,codec,scale'): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pretrainzero-bench-kafka-'));
  const broker = await startBroker({ folder: join(folder, 'broker'), settings: { 'group.min.session.timeout.ms': '500' } });
  try {
    const rows: BenchRow[] = [];
    const parts = only.split(',');
    if (parts.includes('hop')) rows.push(...(await benchHop(broker.brokers)));
    if (parts.includes('codec')) rows.push(...(await codecRows(broker.brokers)));
    if (parts.includes('scale')) rows.push(...(await benchScale(broker.brokers, folder)));
    return rows;
  } finally {
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function codecRows(brokers: readonly string[]): Promise<BenchRow[]> {
  const bus = await openTestBus(brokers, { maxMessageBytes });
  try {
    return await benchCodec(bus, maxMessageBytes);
  } finally {
    await bus.close();
  }
}

/** As `kafka.maxMessageBytes` has it by default. */
const maxMessageBytes = 900_000;
