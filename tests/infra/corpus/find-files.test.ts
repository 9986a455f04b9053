import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatOf, formatOfName } from '../../../infra/corpus/corpus-format.ts';
import { parseGlob } from '../../../infra/corpus/glob.ts';
import { findLocalFiles } from '../../../infra/corpus/local-files.ts';
import { isPretrainZeroError } from '../../is-error.ts';
import { memoryFileSystem } from '../../memory-file.ts';

const disk = memoryFileSystem({
  'data/b.jsonl': 'b',
  'data/a.jsonl': 'a',
  'data/notes.docx': 'n',
  'data/README.md': 'about the data',
  'data/deep/er/c.jsonl': 'c',
  'data/deep/d.txt': 'd',
  'data/odd[1].jsonl': 'o',
});
const found = async (path: string): Promise<string[]> => (await findLocalFiles(path, disk)).map((file) => file.address);

test('a glob names files by pattern, sorted', async () => {
  assert.deepEqual(await found('data/*.jsonl'), ['data/a.jsonl', 'data/b.jsonl', 'data/odd[1].jsonl']);
  assert.deepEqual(await found('data/**/*.jsonl'), ['data/a.jsonl', 'data/b.jsonl', 'data/deep/er/c.jsonl', 'data/odd[1].jsonl']);
  assert.deepEqual(await found('data/{deep/d,a}.{txt,jsonl}'), ['data/a.jsonl', 'data/deep/d.txt']);
  assert.deepEqual(await found('data/[!a].jsonl'), ['data/b.jsonl']);
});

test('a path that is there is taken as it is, though it looks like a pattern', async () => {
  assert.deepEqual(await found('data/odd[1].jsonl'), ['data/odd[1].jsonl']);
});

test('a folder gives the files whose format can be told', async () => {
  assert.deepEqual(await found('data'), ['data/a.jsonl', 'data/b.jsonl', 'data/deep/d.txt', 'data/deep/er/c.jsonl', 'data/odd[1].jsonl']);
});

test('a glob looks no deeper than its pattern', async () => {
  const looked: string[] = [];
  const watched = { ...disk, list: (folder: string) => (looked.push(folder), disk.list(folder)) };
  await findLocalFiles('data/*.jsonl', watched);
  await findLocalFiles('data/deep/*.txt', watched);
  assert.deepEqual(looked, ['data/', 'data/deep/']);
});

test('a name without a file behind it is kept, to be told of when it is opened', async () => {
  const dangling = { ...disk, look: (path: string) => (path === 'data/a.jsonl' ? Promise.resolve(null) : disk.look(path)) };
  assert.deepEqual((await findLocalFiles('data/?.jsonl', dangling)).map((file) => [file.address, file.byteLength]), [['data/a.jsonl', 0], ['data/b.jsonl', 1]]);
});

test('what is not there is refused with the nearest names', async () => {
  await assert.rejects(found('data/aa.jsonl'), (error: Error) => {
    assert.ok(isPretrainZeroError(error, 'CORPUS_NOT_FOUND'));
    assert.match(error.message, /nearest: data\/a\.jsonl, data\/b\.jsonl/);
    return true;
  });
  await assert.rejects(found('date/a.jsonl'), /nearest: data/);
  await assert.rejects(found('data/*.parquet'), /CORPUS_NOT_FOUND|nothing matches/);
});

test('marks of regular expressions in a pattern stand for themselves', () => {
  const glob = parseGlob('a+b/(c).$x-*.txt');
  assert.equal(glob.base, 'a+b/');
  assert.ok(glob.matches('a+b/(c).$x-1.txt'));
  assert.ok(!glob.matches('aab/c.x-1.txt'));
});

test('format and packing go by the name', () => {
  const cases = {
    'enwiki.xml': 'mediawiki none',
    'enwiki-latest-pages-articles.xml.bz2': 'mediawiki bzip2',
    'enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2': 'mediawiki bzip2',
    'train-00000-of-00041.parquet': 'parquet none',
    'c4.jsonl.gz': 'jsonl gzip',
    'a.NDJSON': 'jsonl none',
    'book.txt': 'text none',
  };
  for (const [name, expected] of Object.entries(cases)) {
    const format = formatOfName(name);
    assert.equal(`${format?.format} ${format?.packing}`, expected, name);
  }
  assert.deepEqual(formatOf('dump.bz2', 'text'), { format: 'text', packing: 'bzip2' });
  assert.throws(() => formatOf('dump.bz2', 'auto'), (error) => isPretrainZeroError(error, 'CONFIG_INVALID'));
});
