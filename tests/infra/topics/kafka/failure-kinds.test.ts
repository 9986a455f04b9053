import assert from 'node:assert/strict';
import test from 'node:test';
import kafkajs from 'kafkajs';
import { isPassing, isRejoining } from '../../../../infra/topics/kafka/failure-kinds.ts';

const { KafkaJSConnectionError, KafkaJSNonRetriableError, KafkaJSProtocolError } = kafkajs;

test('a failed connection passes, by its name, by its plain message and as a cause of another', () => {
  assert.ok(isPassing(new KafkaJSConnectionError('Connection error')));
  assert.ok(isPassing(new Error('Broker not connected')));
  assert.ok(isPassing(new KafkaJSNonRetriableError(new Error('Broker not connected'))));
  assert.ok(isPassing(new Error('outer', { cause: new Error('Broker not connected') })));
});

test('a refusal does not pass, and neither does a topic that is not there', () => {
  assert.ok(!isPassing(new KafkaJSNonRetriableError('Not authorized')));
  assert.ok(!isPassing(new KafkaJSProtocolError(Object.assign(new Error('This server does not host this topic-partition'), { type: 'UNKNOWN_TOPIC_OR_PARTITION', code: 3, retriable: true }))));
  assert.ok(!isPassing('Broker not connected'));
});

test('a group that divides its partitions anew is rejoined', () => {
  const type = 'REBALANCE_IN_PROGRESS';
  assert.ok(isRejoining(new KafkaJSProtocolError(Object.assign(new Error('The group is rebalancing'), { type, code: 27, retriable: false }))));
  assert.ok(!isRejoining(new Error('Broker not connected')));
});
