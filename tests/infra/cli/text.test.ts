import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as amounts from '../../../infra/cli/amounts.ts';
import { commandName, quote } from '../../../infra/cli/command-name.ts';
import { inkOf } from '../../../infra/cli/ink.ts';
import { tableLines } from '../../../infra/cli/table-lines.ts';
import { processTerminal } from '../../../infra/cli/terminal.ts';
import { fit, padStart, textWidth, wrap } from '../../../infra/cli/text-width.ts';

const red = inkOf(true).red;
const words = fc.array(fc.stringMatching(/^[a-zä漢]{1,12}$/), { maxLength: 12 }).map((parts) => parts.join(' '));
const columns = fc.integer({ min: 2, max: 40 });

test('a fitted line is never too wide, and whole where there is room', () => {
  fc.assert(fc.property(words, columns, (text, width) => assert.ok(textWidth(fit(red(text), width)) <= width)));
  assert.equal(fit(red('abc'), 3), red('abc'));
  assert.equal(textWidth(fit(red('abcdef'), 4)), 4);
});

test('wrapping loses nothing but spaces, and no line is too wide', () => {
  fc.assert(
    fc.property(words, columns, (text, width) => {
      const lines = wrap(text, width);
      for (const line of lines) assert.ok(textWidth(line) <= width, line);
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
    }),
  );
});

test('wide letters take two columns, marks and colours none', () => {
  assert.deepEqual(['漢字', 'e\u0301', red('ab'), '🙂'].map(textWidth), [4, 1, 2, 2]);
  assert.equal(padStart('漢', 4), '  漢');
});

test('a table aligns figures to the right; a heading widens nothing', () => {
  assert.deepEqual(tableLines([['', 'before'], ['a heading that is long'], ['all', '3%']]), ['     before', 'a heading that is long', 'all      3%']);
});

test('figures are the same in every locale', () => {
  assert.deepEqual([0, 0.005, 0.456, 1, null].map((share) => amounts.percent(share, 1)), ['0.0%', '0.5%', '45.6%', '100.0%', '-']);
  assert.deepEqual([amounts.points(0.31, 0.455), amounts.points(0.5, 0.4), amounts.points(0.5, 0.49999), amounts.points(null, 1)], ['+14.5', '-10.0', '+0.0', '']);
  assert.deepEqual([400, 9000, 15_400, 65_000, 3_723_000].map(amounts.duration), ['0.4 s', '9.0 s', '15 s', '1:05', '1:02:03']);
  assert.deepEqual([0, 512, 1536, 20 * 1024 ** 2, 3.5 * 1024 ** 3].map(amounts.bytes), ['0 B', '512 B', '1.5 KiB', '20 MiB', '3.5 GiB']);
  assert.equal(amounts.count(1234567), '1,234,567');
  assert.equal(amounts.rate(10, 0), null);
});

test('a command is told as it can be typed where one is', () => {
  assert.equal(commandName('/home/a/zero/dist/infra/cli/main.js', '/home/a/zero', '/home/a/zero'), 'npx pretrainzero');
  assert.equal(commandName('/home/a/b/node_modules/.bin/pretrainzero', '/home/a/b', '/home/a/b/node_modules/pretrainzero'), 'npx pretrainzero');
  assert.equal(commandName('/usr/local/bin/pretrainzero', '/home/a', '/usr/local/lib/pretrainzero'), 'pretrainzero');
  assert.equal(commandName('/home/a/zero/dist/infra/cli/main.js', '/home/a', '/home/a/zero'), 'node zero/dist/infra/cli/main.js');
  assert.equal(commandName('/home/a/zero/dist/infra/cli/main.js', '/tmp', '/home/a/zero'), 'node /home/a/zero/dist/infra/cli/main.js');
  assert.deepEqual(['runs/a', 'my run', "it's"].map(quote), ['runs/a', "'my run'", "'it'\\''s'"]);
});

test('NO_COLOR and FORCE_COLOR are heeded, and a pipe is no terminal', () => {
  const terminal = (isTTY: boolean, env: Record<string, string>) => processTerminal({ stdout: { write: () => true, isTTY }, stderr: { write: () => true }, env });
  assert.deepEqual([terminal(true, {}), terminal(false, {})].map(({ color, interactive }) => [color, interactive]), [[true, true], [false, false]]);
  assert.equal(terminal(true, { NO_COLOR: '1' }).color, false);
  assert.equal(terminal(true, { NO_COLOR: '' }).color, true);
  assert.equal(terminal(false, { FORCE_COLOR: '1' }).color, true);
  assert.equal(terminal(false, { FORCE_COLOR: '1', NO_COLOR: '1' }).color, false);
  assert.equal(terminal(true, { TERM: 'dumb' }).interactive, false);
});
