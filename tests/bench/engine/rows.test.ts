import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContenderKind } from './contenders.ts';
import type { Measurement } from './measurements.ts';
import { rowsOf } from './rows.ts';

const measurement: Measurement = { measure: 'step', title: 'a step', work: { kind: 'sgemm', size: 1 }, unit: 's', amount: null, expected: { rollouts: 8 }, flops: null, rounds: 3 };
const ours = contender('ours', true);
const peer = contender('peer', false);

describe('The rows of a measurement', () => {
  test('give median, best, memory and the speed beside each peer', () => {
    const [row, ...others] = rowsOf('5M', measurement, [measured(ours, [3, 1, 2]), measured(peer, [9, 8, 7])], null);
    assert.deepEqual(row, { model: '5M', measured: 'a step', by: 'ours', median: 2, best: 1, unit: 's', speed: '4.00 × peer', gigabytes: 2 });
    assert.deepEqual(others.map(({ by, speed }) => [by, speed]), [['peer', undefined]]);
  });

  test('count what is done a second where that is the unit', () => {
    const [row] = rowsOf('5M', { ...measurement, unit: 'tokens/s', amount: 64 }, [measured(ours, [4, 2, 1]), measured(peer, [8, 8, 8])], null);
    assert.deepEqual([row!.median, row!.best, row!.speed], [32, 64, '4.00 × peer']);
  });

  test('refuse whoever computed something else, and compare with nobody refused', () => {
    const rows = rowsOf('5M', measurement, [measured(ours, [1]), { ...measured(peer, [1]), refusal: 'loss is off by 1.0e+0' }], null);
    assert.deepEqual(rows[1], { model: '5M', measured: 'a step', by: 'peer', note: 'refused: loss is off by 1.0e+0' });
    assert.equal(rows[0]!.speed, undefined);
  });

  test('refuse whoever did less than asked', () => {
    const [row] = rowsOf('5M', measurement, [{ ...measured(ours, []), outcome: { name: 'ours', rounds: [{ seconds: 1, rollouts: 7 }], peakBytes: null } }], null);
    assert.deepEqual(row, { model: '5M', measured: 'a step', by: 'ours', note: 'refused: rollouts is off by 1.3e-1' });
  });

  test('name whoever could not be run, with the reason', () => {
    const [row] = rowsOf('5M', measurement, [{ kind: peer, outcome: { name: 'peer', failure: 'not installed: no network' }, refusal: null }], null);
    assert.deepEqual(row, { model: '5M', measured: 'a step', by: 'peer', note: 'not installed: no network' });
  });

  test('tell the positions computed and the share of the arithmetic', () => {
    const told = { seconds: 2, tokensComputed: 40, tokensInRows: 100 };
    const [row] = rowsOf('5M', { ...measurement, expected: {}, flops: (positions) => positions * 1e9 }, [{ kind: ours, outcome: { name: 'ours', rounds: [told], peakBytes: null }, refusal: null }], 50);
    assert.equal(row!.note, '40% of the positions computed; 40% of sgemm');
  });
});

function contender(name: string, isOurs: boolean): ContenderKind {
  return { name, isOurs, backend: null, device: 'cpu', gguf: null, missing: null, commands: {} };
}

function measured(kind: ContenderKind, seconds: readonly number[]): Parameters<typeof rowsOf>[2][number] {
  return { kind, outcome: { name: kind.name, rounds: seconds.map((each) => ({ seconds: each, rollouts: 8 })), peakBytes: 2e9 }, refusal: null };
}
