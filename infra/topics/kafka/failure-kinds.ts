/** What a failure of kafkajs asks of whoever meets it. In: anything thrown. */

/** The member of a group has to join again, which the library does by itself: it was slow, or others came or went. */
export function isRejoining(error: unknown): boolean {
  return causes(error).some(({ type, message }) => rejoining.has(type) || message.startsWith('Consumer group was not initialized'));
}

/**
 * The request failed with its connection, or with a broker that is not ready yet, and may be made again. A topic that is not there does not come by itself. Of a request for several partitions: where each
 * one's failure passes.
 */
export function isPassing(error: unknown): boolean {
  const parts = ofPartitions(error);
  if (parts.length > 0) return parts.every(isPassing);
  const chain = causes(error);
  return !chain.some(({ type }) => type === 'UNKNOWN_TOPIC_OR_PARTITION') && chain.some((cause) => cause.retriable || ofConnection.test(cause.name) || noLeader.test(cause.message) || cause.message === notConnected || isStumble(cause));
}

/** The library stumbles over the brokers that it knew, which one part of it has let go while another was about to use them. */
export function isLostTrack(error: unknown): boolean {
  return causes(error).some(isStumble);
}

/** The library says the same of a coordinator that was cut off while it was asked, and of one that does not answer this principal. */
export function isCoordinatorMissing(error: unknown): boolean {
  return causes(error).some(({ name }) => name === 'KafkaJSGroupCoordinatorNotFound');
}

const rejoining = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'NOT_COORDINATOR_FOR_GROUP']);
/** Of a topic that was just made, or whose broker is gone; the library gives some of these up as not to be repeated. */
const noLeader = /is not the leader|leadership election|no leader/;
/** The library's plain error of a connection that was cut while it was being made. */
const notConnected = 'Broker not connected';
const ofConnection = /^KafkaJS(Connection|RequestTimeout|NoBroker|BrokerNotFound|Lock)/;
/** Where a stack begins. */
const inLibrary = /^\s+at .*[\\/]kafkajs[\\/]/;

interface Cause {
  readonly name: string;
  readonly type: string;
  readonly retriable: boolean;
  readonly message: string;
  readonly stack: string;
}

function isStumble({ name, stack }: Cause): boolean {
  return name === 'TypeError' && inLibrary.test(stack.split('\n').find((line) => /^\s+at /.test(line)) ?? '');
}

/** The library says of such a request why each partition failed, and gives the whole up where it takes one of them to be lost. */
function ofPartitions(error: unknown): unknown[] {
  const { partitions } = (error ?? {}) as { partitions?: unknown };
  return Array.isArray(partitions) ? partitions.map((partition: { error?: unknown }) => partition.error).filter((each) => each instanceof Error) : [];
}

function causes(error: unknown): Cause[] {
  const chain: Cause[] = [];
  for (let at: unknown = error; at instanceof Error && chain.length < 10; at = at.cause) {
    const { type, retriable } = at as { type?: unknown; retriable?: unknown };
    chain.push({ name: at.name, type: typeof type === 'string' ? type : '', retriable: retriable === true, message: at.message, stack: at.stack ?? '' });
  }
  return chain;
}
