import assert from 'node:assert/strict';
import test from 'node:test';
import kafkajs from 'kafkajs';
import { isCoordinatorMissing, isLostTrack, isPassing, isRejoining } from '../../../../infra/topics/kafka/failure-kinds.ts';

const { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSProtocolError } = kafkajs;

test('a failed connection passes, by its name, by its plain message and as a cause of another', () => {
  assert.ok(isPassing(new KafkaJSConnectionError('Connection error')));
  assert.ok(isPassing(new Error('Broker not connected')));
  assert.ok(isPassing(new KafkaJSNonRetriableError(new Error('Broker not connected'))));
  assert.ok(isPassing(new Error('outer', { cause: new Error('Broker not connected') })));
});

test('what the library stumbles over by itself passes; what others do does not', () => {
  const stumbled = (where: string): TypeError => Object.assign(new TypeError("Cannot read properties of undefined (reading 'connectionPool')"), { stack: `TypeError: Cannot read\n    at ${where}\n    at process.processTicks` });
  const inLibrary = stumbled('BrokerPool.refreshMetadata (/app/node_modules/kafkajs/src/cluster/brokerPool.js:178:60)');
  assert.ok(isPassing(inLibrary) && isLostTrack(inLibrary));
  assert.ok(isPassing(Object.assign(new KafkaJSNonRetriableError(inLibrary), { cause: inLibrary })));
  assert.ok(!isPassing(stumbled('Object.take (/app/dist/pipelines/distributed/stage-worker.js:50:1)')));
  assert.ok(!isPassing(new TypeError('no stack of the library')));
  assert.ok(!isLostTrack(new KafkaJSConnectionError('Connection error')));
});

test('a coordinator that is not found is told from all else', () => {
  const missing = Object.assign(new KafkaJSNonRetriableError('Failed to find group coordinator'), { name: 'KafkaJSGroupCoordinatorNotFound' });
  assert.ok(isCoordinatorMissing(missing));
  assert.ok(isCoordinatorMissing(new Error('outer', { cause: missing })));
  assert.ok(!isCoordinatorMissing(new KafkaJSConnectionError('Connection error')));
});

test('a refusal does not pass, and neither does a topic that is not there', () => {
  assert.ok(!isPassing(new KafkaJSNonRetriableError('Not authorized')));
  assert.ok(!isPassing(new KafkaJSProtocolError(Object.assign(new Error('This server does not host this topic-partition'), { type: 'UNKNOWN_TOPIC_OR_PARTITION', code: 3, retriable: true }))));
  assert.ok(!isPassing('Broker not connected'));
});

test('a request for several partitions passes where each of its failures does, though the library takes one of them to be lost', () => {
  const noLeader = Object.assign(new KafkaJSNonRetriableError('Could not find the leader for the partition'), { name: 'KafkaJSBrokerNotFound' });
  const late = new KafkaJSProtocolError(Object.assign(new Error('The request timed out'), { type: 'REQUEST_TIMED_OUT', code: 7, retriable: true }));
  const outOfRange = new KafkaJSProtocolError(Object.assign(new Error('The requested offset is not within the range'), { type: 'OFFSET_OUT_OF_RANGE', code: 1, retriable: false }));
  const refused = (...errors: readonly Error[]): Error => Object.assign(new KafkaJSNonRetriableError('Error while deleting records'), { partitions: errors.map((error, partition) => ({ partition, error })) });
  assert.ok(isPassing(refused(noLeader, late)));
  assert.ok(!isPassing(refused(late, outOfRange)));
});

test('a group that divides its partitions anew is rejoined', () => {
  const type = 'REBALANCE_IN_PROGRESS';
  assert.ok(isRejoining(new KafkaJSProtocolError(Object.assign(new Error('The group is rebalancing'), { type, code: 27, retriable: false }))));
  assert.ok(!isRejoining(new Error('Broker not connected')));
});
