import { setTimeout as wait } from 'node:timers/promises';
import { kafkaOf, type KafkaBusOptions } from './kafka-client.ts';
import { kafkaError } from './kafka-error.ts';

const betweenMs = 250;

/**
 * Resolves once a broker lets us in. Errors: BROKER_REFUSED at once; BROKER_UNREACHABLE after `patienceMs`, or as soon as one try more would go beyond it.
 */
export async function awaitConnection(options: KafkaBusOptions, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const admin = kafkaOf({ ...options, onTrouble: () => undefined }, { retries: 0 }).admin();
    try {
      await admin.connect();
      return;
    } catch (cause) {
      const error = kafkaError(cause, { doing: 'connecting', brokers: options.connection.brokers });
      if (error.code !== 'BROKER_UNREACHABLE' || performance.now() + betweenMs > deadline) throw error;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
    await wait(betweenMs);
  }
}
