/**
 * What a failure of kafkajs means to a person. In: what was thrown, what was tried, and the redactor. Out: BROKER_UNREACHABLE (naming host:port), BROKER_REFUSED (naming topic or group, and the right
 * that is needed), TOPIC_MISSING, MESSAGE_TOO_LARGE or BROKER_FAILED; what is none of kafkajs's as it is. Its texts come from the broker and the network: they are redacted, and kafkajs's own error is
 * not carried along.
 */
import { PretrainZeroError } from '../../../schemas/pretrain-zero-error.ts';
import type { ErrorCode } from '../../../schemas/error-codes.ts';
import type { Redactor } from './redactor.ts';

/** What was tried. */
export interface BrokerAction {
  /** The right that Kafka asks for it. */
  readonly right: 'READ' | 'WRITE' | 'DESCRIBE' | 'CREATE' | 'DELETE';
  readonly topics?: readonly string[];
  readonly group?: string;
}

export function brokerError(error: unknown, { right, topics = [], group }: BrokerAction, redactor: Redactor): unknown {
  const chain = causesOf(error);
  if (error instanceof PretrainZeroError || !chain.some(isOfClient)) return error;
  const told = (code: ErrorCode, what: string): PretrainZeroError => new PretrainZeroError(code, redactor.redact(what));
  const types = chain.map(({ type }) => type).filter((type) => type !== undefined);
  const named = (topic: readonly string[]): string => (topic.length === 0 ? 'its topics' : topic.length === 1 ? `the topic ${topic[0]!}` : `the topics ${topic.join(', ')}`);
  const topicsOf = chain.flatMap(({ topic }) => (typeof topic === 'string' && topic !== '' ? [topic] : []));
  const concerned = named(topicsOf.length === 0 ? topics : topicsOf);
  const said = [...new Set(chain.map(({ message }) => message))].at(-1) ?? '';

  const refused = types.find((type) => type.endsWith('_AUTHORIZATION_FAILED'));
  if (refused !== undefined) {
    const what = refused.startsWith('GROUP') ? `the group ${group ?? ''}` : refused.startsWith('CLUSTER') ? `the cluster, for ${concerned}` : concerned;
    return told('BROKER_REFUSED', `The broker does not let this principal use ${what}: it has not the right ${right} (${refused})`);
  }
  // kafkajs keeps to itself why each broker refused.
  if (group !== undefined && chain.some(({ name }) => name === 'KafkaJSGroupCoordinatorNotFound')) {
    return told('BROKER_REFUSED', `No broker says who coordinates the group ${group}: this principal has not the right ${right} of it, or the brokers went away meanwhile`);
  }
  const authentication = chain.find(({ name }) => name === 'KafkaJSSASLAuthenticationError');
  if (authentication !== undefined) return told('BROKER_REFUSED', `The broker does not accept who this says it is: ${authentication.message}`);
  if (types.includes('ILLEGAL_SASL_STATE')) return told('BROKER_REFUSED', 'The broker asks for no proof of who one is where this connects, and kafka.sasl gives one');
  const connection = chain.find(({ name }) => /^KafkaJSConnection(?:Closed)?Error$/u.test(name));
  const place = chain.map(addressOf).find((address) => address !== null) ?? 'the brokers';
  if (connection !== undefined) {
    if (isOfTls(connection)) return told('BROKER_REFUSED', `No encrypted connection to ${place} comes about: ${reasonOf(connection.message)}`);
    const hint = cutOff.test(connection.message) ? '; a broker does so where it wants encryption (kafka.tls) or a proof of who one is (kafka.sasl) and is given none, or the other way round' : '';
    return told('BROKER_UNREACHABLE', `There is no connection to ${place}: ${reasonOf(connection.message)}${hint}`);
  }
  if (types.includes('UNKNOWN_TOPIC_OR_PARTITION')) return told('TOPIC_MISSING', `The broker has not ${concerned}`);
  if (types.includes('MESSAGE_TOO_LARGE') || types.includes('RECORD_LIST_TOO_LARGE')) return told('MESSAGE_TOO_LARGE', `A message is larger than the broker takes for ${concerned}`);
  if (chain.some(({ name }) => name === 'KafkaJSRequestTimeoutError' || name === 'KafkaJSNoBrokerAvailableError' || name === 'KafkaJSBrokerNotFound')) return told('BROKER_UNREACHABLE', `${place} does not answer: ${said}`);
  return told('BROKER_FAILED', `The broker cannot ${right.toLowerCase()} ${concerned}: ${said}`);
}

/** What is read of kafkajs's errors. */
interface ClientError {
  readonly name: string;
  readonly message: string;
  readonly type?: string;
  readonly code?: string | number;
  readonly broker?: string;
  readonly host?: string;
  readonly port?: number;
  readonly topic?: string;
}

/** The error, what caused it, and what it is made of; each once. */
function causesOf(error: unknown): ClientError[] {
  const found = new Set<Error>();
  const waiting: unknown[] = [error];
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (!(at instanceof Error) || found.has(at)) continue;
    found.add(at);
    const { errors, partitions } = at as { readonly errors?: unknown; readonly partitions?: unknown };
    if (Array.isArray(errors)) waiting.push(...(errors as unknown[]));
    if (Array.isArray(partitions)) waiting.push(...(partitions as ({ readonly error?: unknown } | null)[]).map((partition) => partition?.error));
    waiting.push(at.cause);
  }
  return [...found];
}

function isOfClient({ name }: ClientError): boolean {
  return name.startsWith('KafkaJS');
}

function addressOf({ broker, host, port }: ClientError): string | null {
  if (typeof broker === 'string') return broker;
  return host === undefined || port === undefined ? null : `${host}:${port}`;
}

/** Node's codes of a handshake that failed: of OpenSSL, and of what is wrong with a certificate. */
function isOfTls({ code }: ClientError): boolean {
  return typeof code === 'string' && /^ERR_(?:SSL|TLS)_|CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|^EPROTO$/u.test(code);
}

const cutOff = /^Closed connection|ECONNRESET|disconnected before secure TLS/u;

/** Without what OpenSSL puts around it: `80AC:error:0A000412:SSL routines:ssl3_read_bytes:REASON:../deps/...`. */
function reasonOf(message: string): string {
  return /SSL routines:[^:]*:(?<reason>[^:]+):/u.exec(message)?.groups?.reason ?? message.replace(/^Connection error: /u, '');
}
