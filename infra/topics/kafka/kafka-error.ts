/**
 * What went wrong between us and the brokers, in the project's own terms. In: whatever the client library threw, and what was being done. Out: BROKER_UNREACHABLE,
 * BROKER_REFUSED (authentication, authorisation, TLS), TOPIC_MISSING or MESSAGE_TOO_LARGE, naming host, topic and operation. Texts of the library and of brokers hold no secrets.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { ErrorCode } from '../../../schemas/error-codes.ts';

export interface KafkaOperation {
  /** For example `publishing`. */
  readonly doing: string;
  readonly brokers: readonly string[];
  readonly topic?: string;
  readonly group?: string;
}

export function kafkaError(error: unknown, operation: KafkaOperation): PretrainZeroError {
  if (error instanceof PretrainZeroError) return error;
  const chain = causes(error);
  const code = chain.map(codeOf).find((found) => found !== null) ?? 'BROKER_UNREACHABLE';
  const why = chain.map(({ message }) => message).find((message) => message !== '') ?? 'no answer';
  return new PretrainZeroError(code, `${describeOperation(operation)}: ${why}`, {}, error);
}

export function describeOperation({ doing, brokers, topic, group }: KafkaOperation): string {
  const what = [doing, topic === undefined ? undefined : `topic ${topic}`, group === undefined ? undefined : `group ${group}`, `at ${brokers.join(', ')}`];
  return what.filter((part) => part !== undefined).join(' ');
}

/** Whether the member of a group has to join again, which the library does by itself: it was slow, or others came or went. */
export function isRejoining(error: unknown): boolean {
  const types = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'NOT_COORDINATOR_FOR_GROUP', 'FENCED_INSTANCE_ID']);
  return causes(error).some(({ type, message }) => types.has(type) || message.startsWith('Consumer group was not initialized'));
}

/** Whether a request failed with its connection, and may be made again. */
export function isConnection(error: unknown): boolean {
  return causes(error).some(({ name, type }) => /^KafkaJS(Connection|RequestTimeout|NoBroker|BrokerNotFound|Lock)/.test(name) || type === 'NOT_CONTROLLER' || type === 'REQUEST_TIMED_OUT');
}

export function isMissing(error: unknown): boolean {
  return causes(error).some(({ type }) => type === 'UNKNOWN_TOPIC_OR_PARTITION');
}

interface Cause {
  readonly name: string;
  readonly type: string;
  readonly code: string;
  readonly message: string;
}

function causes(error: unknown): Cause[] {
  const chain: Cause[] = [];
  for (let at: unknown = error; at instanceof Error && chain.length < 10; at = at.cause) {
    const { type, code } = at as { type?: unknown; code?: unknown };
    chain.push({ name: at.name, type: typeof type === 'string' ? type : '', code: typeof code === 'string' ? code : '', message: at.message });
  }
  return chain;
}

const refusedTypes = /AUTHORIZATION_FAILED|AUTHENTICATION_FAILED|ILLEGAL_SASL_STATE|UNSUPPORTED_SASL_MECHANISM|SECURITY_DISABLED/;
const refusedTls = /CERT|TLS|SSL|UNABLE_TO_VERIFY|EPROTO/;
const refusedTexts = /certificate|SSL routines|wrong version number|SASL/i;

function codeOf({ name, type, code, message }: Cause): ErrorCode | null {
  if (name === 'KafkaJSSASLAuthenticationError' || refusedTypes.test(type) || refusedTls.test(code) || refusedTexts.test(message)) return 'BROKER_REFUSED';
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'INVALID_TOPIC_EXCEPTION') return 'TOPIC_MISSING';
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') return 'MESSAGE_TOO_LARGE';
  return null;
}
