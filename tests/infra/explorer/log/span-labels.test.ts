import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { spanLabels } from '../../../../infra/explorer/log/span-labels.ts';
import { isError } from '../../../is-error.ts';

const line = (text: string, ...spans: readonly [start: number, end: number, name: string][]): string => JSON.stringify({ title: 'any', text, spans: spans.map(([start, end, name]) => ({ start, end, class: name })) });
const bytesOf = (text: string | Uint8Array): ArrayBuffer => Uint8Array.from(Buffer.from(text as string)).buffer;
const rome = 'Rome is in Italy.';
const jsonl = `${line(rome, [0, 4, 'knowledge'], [5, 10, 'trivial'], [11, 16, 'inferable'])}\n\n${line('Nothing is labelled.')}\n`;

test('a mask has the class with the most hidden letters; frame words count alone only', async () => {
  const classOf = await spanLabels(bytesOf(jsonl), 'labels.jsonl');
  const at = (maskText: string): string => classOf({ text: rome, maskText, spanStarts: [rome.indexOf(maskText)] });
  assert.deepEqual(['Rome', 'is in', 'Rome is', 'is in Italy', '.'].map(at), ['knowledge', 'trivial', 'knowledge', 'inferable', 'unlabelled']);
});

test('a paragraph without labels, or not in the file, is unlabelled', async () => {
  const classOf = await spanLabels(bytesOf(jsonl), 'labels.jsonl');
  for (const text of ['Nothing is labelled.', 'Not there.']) assert.equal(classOf({ text, maskText: 'N', spanStarts: [0] }), 'unlabelled');
});

test('a gzipped file is the same', async () => {
  const classOf = await spanLabels(bytesOf(gzipSync(jsonl)), 'labels.jsonl.gz');
  assert.equal(classOf({ text: rome, maskText: 'Italy', spanStarts: [11] }), 'inferable');
});

test('a line that is none is named by its number', async () => {
  for (const broken of ['{', '[]', 'null', '{"text":"a"}', '{"text":"a","spans":[{"start":-1,"end":2,"class":"x"}]}', '{"text":"a","spans":[{"start":0,"end":2}]}']) {
    await assert.rejects(spanLabels(bytesOf(`${line('a')}\n${broken}\n`), 'mine.jsonl'), isError('INPUT_MALFORMED', /mine\.jsonl.*2/));
  }
});
