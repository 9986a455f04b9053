/** A log that an earlier version wrote opens in the explorer: what came since is null. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logReader } from '../../../../infra/explorer/log/log-reader.ts';
import { metricTables } from '../../../../infra/sample-log/log-tables.ts';
import { fixturePath } from '../../../fixtures/fixture-path.ts';
import { committedSteps, folderBytes } from '../folder-bytes.ts';

const directory = fixturePath('logs', 'version-1');

test('samples, lists and curves of a log of version 1', async () => {
  const source = folderBytes(directory);
  const reader = logReader(source);
  const steps = await committedSteps(directory);
  assert.equal(steps.length, 3);
  for (const step of steps) {
    const samples = await reader.samples(step);
    assert.ok(samples.length >= 2 && samples.every(({ paragraph, predictions }) => paragraph.tokenEntropies === null && predictions.length > 0));
    const { masks, paragraphs } = await reader.digest(step, null);
    assert.deepEqual([paragraphs.length, masks.length], [samples.length, samples.reduce((sum, { maskRollouts }) => sum + maskRollouts.length, 0)]);
    const part = step.parts[metricTables.steps.folder]!;
    const bytes = await source.read(part, 0, part.bytes);
    const { reports, problems } = await reader.reports(bytes, [part]);
    assert.deepEqual([reports.map((report) => report.step), problems], [[step.step], []]);
  }
});
