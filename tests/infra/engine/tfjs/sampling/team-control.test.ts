import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RowPass } from '../../../../../infra/engine/tfjs/sampling/row-pass.ts';
import type { RowRunner } from '../../../../../infra/engine/tfjs/sampling/row-runner.ts';
import { hasCode } from '../../model-files/has-code.ts';
import { TeamControl } from '../../../../../infra/engine/tfjs/sampling/team-control.ts';

type Call = readonly [kind: string, first: number, count: number];

/** Notes what it is asked for. */
function runnerOf(calls: Call[], fail = false): RowRunner {
  const runner: Pick<RowRunner, 'rowsAtOnce' | 'refreshViews' | 'layers' | 'draw'> = {
    rowsAtOnce: 64,
    refreshViews: () => undefined,
    layers: (_, first, count, meet) => {
      if (fail) throw new RangeError('no room');
      meet();
      calls.push(['layers', first, count]);
    },
    draw: (_, first, count) => calls.push(['draw', first, count]),
  };
  return runner as RowRunner;
}
const pass = (kind: RowPass['kind'], count: number): RowPass => ({ kind, count, temperature: 1, longest: 1 });

describe('the control of a team', () => {
  test('has every row done once, as many at once as the runner takes', () => {
    const control = new TeamControl();
    for (const [kind, names] of [['layers', ['layers']], ['decode', ['layers', 'draw']], ['draw', ['draw']]] as const) {
      const calls: Call[] = [];
      control.lead(pass(kind, 150), 1, runnerOf(calls));
      for (const name of names) {
        const rows = calls.filter(([called]) => called === name).flatMap(([, first, count]) => Array.from({ length: count }, (_, i) => first + i));
        assert.deepEqual(rows, Array.from({ length: 150 }, (_, i) => i));
      }
      assert.ok(calls.every(([name, , count]) => names.some((known) => known === name) && count <= 64));
    }
  });

  test('fails where another thread says nothing, in place of waiting for it for ever', () => {
    for (const kind of ['layers', 'draw'] as const) {
      const control = new TeamControl(undefined, 1);
      assert.throws(() => control.lead(pass(kind, 8), 2, runnerOf([])), hasCode('ENGINE_FAILED'));
    }
  });

  test('passes an error on, and works again after it', () => {
    const control = new TeamControl();
    assert.throws(() => control.lead(pass('layers', 8), 1, runnerOf([], true)), /no room/u);
    const calls: Call[] = [];
    control.lead(pass('layers', 8), 1, runnerOf(calls));
    assert.deepEqual(calls, [['layers', 0, 8]]);
  });
});
