import assert from 'node:assert/strict';
import { test } from 'node:test';
import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { watchdog } from '../../../operators/flow/watchdog.ts';
import type { TopicState } from '../../../operators/ports/topic.ts';

const topic = (name: string, published: number, acknowledged: number): TopicState => ({ name, published, acknowledged, bytes: 0, waitingBytes: 0, peakWaiting: 0 });

function expectStalls(life: string, expected: string, edges: readonly TopicState[] = []): void {
  const scheduler = new TestScheduler((actual, wanted) => assert.deepEqual(actual, wanted));
  scheduler.run(({ cold, expectObservable }) => {
    const stalls = cold(life).pipe(watchdog({ quietMs: 4, edges: () => edges, scheduler }), map((stall) => String(stall.quietMs / 4)));
    expectObservable(stalls).toBe(expected);
  });
}

test('a run that moves in time is left alone', () => expectStalls('a--a--a--a--a--|', '---------------|'));

test('a run that stands still is told of, again and again, until it moves', () => {
  expectStalls('a----a---------|', '----1----1---2-|');
});

test('a run that never moved at all is told of', () => expectStalls('----------|', '----1---2-|'));

test('nothing is told once the run has ended', () => expectStalls('a|', '-|'));

test('an error of the run passes through', () => expectStalls('a-#', '--#'));

test('the edge nearest the sink with messages waiting is named', () => {
  const scheduler = new TestScheduler((actual, wanted) => assert.deepEqual(actual, wanted));
  scheduler.run(({ cold, expectObservable }) => {
    const edges = [topic('paragraphs', 6, 3), topic('mask-groups', 3, 1), topic('scored-groups', 1, 1)];
    const stalls = cold('-----|').pipe(watchdog({ quietMs: 4, edges: () => edges, scheduler }), map(({ edge, waiting }) => ({ edge, waiting })));
    expectObservable(stalls).toBe('----s|', { s: { edge: 'mask-groups', waiting: 2 } });
  });
});

test('where no message waits, it says that the corpus or the update is meant', () => {
  const scheduler = new TestScheduler((actual, wanted) => assert.deepEqual(actual, wanted));
  scheduler.run(({ cold, expectObservable }) => {
    const stalls = cold('-----|').pipe(watchdog({ quietMs: 4, edges: () => [topic('paragraphs', 3, 3)], scheduler }), map(({ edge, message }) => edge === null && message.includes('corpus')));
    expectObservable(stalls).toBe('----s|', { s: true });
  });
});
