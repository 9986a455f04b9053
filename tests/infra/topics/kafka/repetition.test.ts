import assert from 'node:assert/strict';
import { test } from 'node:test';
import kafkajs from 'kafkajs';
import { createRepetition } from '../../../../infra/topics/kafka/repetition.ts';
import { PretrainZeroError } from '../../../../schemas/pretrain-zero-error.ts';

const { KafkaJSConnectionError, KafkaJSNonRetriableError } = kafkajs;
const cut = new KafkaJSConnectionError('Closed connection');
const missing = Object.assign(new KafkaJSNonRetriableError('Failed to find group coordinator'), { name: 'KafkaJSGroupCoordinatorNotFound' });
const atOnce = (): Promise<void> => Promise.resolve();
const unreachable = new PretrainZeroError('BROKER_UNREACHABLE', 'no broker');

test('what passes is tried again for as long as somebody waits, what does not is not', async () => {
  let over = false;
  const repetition = createRepetition(atOnce, () => over, atOnce);
  for (let i = 0; i < 20; i++) assert.ok(await repetition.again(cut));
  assert.ok(!(await repetition.again(new KafkaJSNonRetriableError('Not authorized'))));
  over = true;
  assert.ok(!(await repetition.again(cut)));
});

test('a coordinator is asked for again while brokers are out of reach, and once one answers a few times more', async () => {
  let away = 7;
  let reaches = 0;
  const reach = (): Promise<void> => {
    reaches += 1;
    return away-- > 0 ? Promise.reject(unreachable) : Promise.resolve();
  };
  const repetition = createRepetition(reach, () => false, atOnce);
  assert.ok(await repetition.again(missing));
  assert.equal(reaches, 8);
  const answers: boolean[] = [];
  while (answers.at(-1) !== false) answers.push(await repetition.again(missing));
  assert.deepEqual(answers, [true, true, true, false]);
});

test('what came about in between counts', async () => {
  const repetition = createRepetition(atOnce, () => false, atOnce);
  for (let i = 0; i < 20; i++) {
    assert.ok(await repetition.again(missing));
    repetition.succeeded();
  }
});

test('a broker that lets nobody in is no broker out of reach', async () => {
  const repetition = createRepetition(() => Promise.reject(new PretrainZeroError('BROKER_REFUSED', 'who are you')), () => false, atOnce);
  await assert.rejects(repetition.again(missing), { code: 'BROKER_REFUSED' });
});

test('nobody waits for ever for a broker that does not come', async () => {
  let tries = 0;
  const repetition = createRepetition(() => Promise.reject(unreachable), () => tries++ > 10, atOnce);
  assert.ok(!(await repetition.again(missing)));
});
