/** What a failure of kafkajs asks of whoever meets it. In: anything thrown. */

/** The member of a group has to join again, which the library does by itself: it was slow, or others came or went. */
export function isRejoining(error: unknown): boolean {
  return causes(error).some(({ type, message }) => rejoining.has(type) || message.startsWith('Consumer group was not initialized'));
}

/** The request failed with its connection, and may be made again. */
export function isConnection(error: unknown): boolean {
  return causes(error).some(({ name, type }) => connection.test(name) || type === 'NOT_CONTROLLER' || type === 'REQUEST_TIMED_OUT');
}

const rejoining = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'NOT_COORDINATOR_FOR_GROUP']);
const connection = /^KafkaJS(Connection|RequestTimeout|NoBroker|BrokerNotFound|Lock)/;

interface Cause {
  readonly name: string;
  readonly type: string;
  readonly message: string;
}

function causes(error: unknown): Cause[] {
  const chain: Cause[] = [];
  for (let at: unknown = error; at instanceof Error && chain.length < 10; at = at.cause) {
    const { type } = at as { type?: unknown };
    chain.push({ name: at.name, type: typeof type === 'string' ? type : '', message: at.message });
  }
  return chain;
}
