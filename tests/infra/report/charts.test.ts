import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { axisOf, tickText } from '../../../infra/report/charts/axis.ts';
import { beside } from '../../../infra/report/charts/beside.ts';
import { intervalChart } from '../../../infra/report/charts/interval-chart.ts';
import { lineChart } from '../../../infra/report/charts/line-chart.ts';
import { standaloneSvg } from '../../../infra/report/charts/standalone-svg.ts';
import { estimate } from '../../../operators/analysis/estimate.ts';

const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((each) => (Math.abs(each) < 1e-9 ? 0 : each));

/** Throws where it is no well-formed XML. @returns attributes of all elements by name */
function attributes(svg: string): { readonly element: string; readonly values: Readonly<Record<string, string>> }[] {
  const found: { element: string; values: Readonly<Record<string, string>> }[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ name, attributes: values }) => void found.push({ element: name, values }));
  parser.write(svg).close();
  return found;
}

test('an axis encloses its values with a few round ticks at equal distances', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      const { low, high, ticks } = axisOf(values);
      const slack = 1e-6 * (high - low);
      assert.ok(low <= Math.min(...values) + slack && high >= Math.max(...values) - slack && high > low);
      assert.ok(ticks.length >= 2 && ticks.length <= 8, `${ticks.length} ticks`);
      const gaps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
      assert.ok(gaps.every((gap) => Math.abs(gap - gaps[0]!) <= 1e-6 * gaps[0]!));
    }),
  );
});

test('ticks are short', () => {
  assert.deepEqual([0, 0.25, 40, 12_000, 2_500_000, -3e9].map(tickText), ['0', '0.25', '40', '12k', '2.5M', '-3G']);
});

const arbitrarySeries = fc.record({
  name: fc.string(),
  colour: fc.nat(20),
  points: fc.array(fc.record({ x: value, y: fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => estimate(values)!) }), { maxLength: 6 }),
});

test('any curves make well-formed SVG, all of it within its frame', () => {
  fc.assert(
    fc.property(fc.array(arbitrarySeries, { maxLength: 10 }), (series) => {
      const svg = lineChart({ description: '<"&', xTitle: 'x', scale: 1, share: false, series });
      const points = series.flatMap((each) => each.points);
      if (points.length === 0) return assert.equal(svg, null);
      const all = attributes(svg!);
      const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg!)!.map(Number);
      for (const { element, values } of all.filter(({ element: name }) => name === 'circle')) {
        assert.ok(Number(values.cx) >= 0 && Number(values.cx) <= width! && Number(values.cy) >= 0 && Number(values.cy) <= height!, element);
      }
      assert.equal(all.filter(({ element }) => element === 'circle').length, points.length);
      attributes(standaloneSvg(svg!));
    }),
    { numRuns: 60 },
  );
});

test('the band of a share ends at 0 and 1', () => {
  const y = estimate([0.1, 0.9])!;
  assert.ok(y.low! < 0 && y.high! > 1);
  const ticks = (share: boolean): number[] => [...lineChart({ description: '', xTitle: 'x', scale: 100, share, series: [{ name: 'a', colour: 0, points: [{ x: 1, y }, { x: 2, y }] }] })!.matchAll(/text-anchor="end">(-?\d+)</g)].map(([, tick]) => Number(tick));
  assert.deepEqual([Math.min(...ticks(true)), Math.max(...ticks(true))], [0, 100]);
  assert.ok(Math.max(...ticks(false)) > 100);
});

test('differences are drawn at their means over their intervals, with a rule at 0', () => {
  assert.equal(intervalChart('none', 'x', 1, []), null);
  const rows = [
    { name: 'up', colour: 0, estimate: estimate([0.1, 0.2, 0.3])! },
    { name: 'one seed', colour: 1, estimate: estimate([-0.2])! },
  ];
  const all = attributes(intervalChart('two', 'points', 100, rows)!);
  const dots = all.filter(({ element }) => element === 'circle').map(({ values }) => Number(values.cx));
  const [interval, ...others] = all.filter(({ element, values }) => element === 'line' && (values.class ?? '').startsWith('line'));
  const zero = all.find(({ values }) => values.class === 'zero')!;
  assert.equal(others.length, 0, 'one seed has no interval');
  assert.ok(Number(interval!.values.x1) < dots[0]! && dots[0]! < Number(interval!.values.x2));
  assert.ok(dots[1]! < Number(zero.values.x1) && Number(zero.values.x1) < dots[0]!);
});

test('charts stand in a row under their titles', () => {
  const chart = intervalChart('one', 'x', 1, [{ name: 'a', colour: 0, estimate: estimate([1, 2])! }])!;
  const all = attributes(standaloneSvg(beside([{ title: 'left <', svg: chart }, { title: 'right', svg: chart }])));
  assert.deepEqual(all.filter(({ element }) => element === 'svg').map(({ values }) => [values.x, values.width]), [[undefined, '720'], ['0', '360'], ['360', '360']]);
});
