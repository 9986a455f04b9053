import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findJava } from '../../../infra/kafka/find-java.ts';
import { readOnly, sharedClasses } from '../../../infra/kafka/shared-classes.ts';
import { brokerSkip } from './broker-skip.ts';

const folder = mkdtempSync(join(tmpdir(), 'shared-classes-'));
after(() => rmSync(folder, { recursive: true }));

test('what a process wrote at its end takes its place whole; what is there is not written again', () => {
  const archive = join(folder, 'a.jsa');
  const [killed, silent, first] = ['killed', 'silent', 'first'].map((own) => sharedClasses(archive, own));
  assert.equal(first!.flags[0], `-XX:ArchiveClassesAtExit=${archive}.first`);
  writeFileSync(`${archive}.killed`, 'cla');
  killed!.ended('SIGKILL');
  silent!.ended(null);
  assert.deepEqual(readdirSync(folder), []);
  writeFileSync(`${archive}.first`, 'classes');
  first!.ended(null);
  assert.equal(readFileSync(archive, 'utf8'), 'classes');
  const reader = sharedClasses(archive, 'reader');
  assert.ok(reader.flags.includes(`-XX:SharedArchiveFile=${archive}`));
  reader.ended(null);
  assert.deepEqual(readdirSync(folder), ['a.jsa', 'a.jsa.bytes']);
});

test('without an archive Java is told nothing', () => assert.deepEqual(readOnly(join(folder, 'none.jsa')), []));

test('Java starts with the archive that it wrote, and with a broken one, and says nothing of either', { skip: brokerSkip() }, () => {
  const { program } = findJava({ environment: process.env });
  const archive = join(folder, 'b.jsa');
  const start = (flags: readonly string[]): void => {
    const { status, stdout, stderr } = spawnSync(program, [...flags, '--version'], { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^\w/);
  };
  const shared = sharedClasses(archive, 'own');
  start(shared.flags);
  shared.ended(null);
  assert.ok(existsSync(archive));
  assert.ok(readOnly(archive).length > 0);
  start(readOnly(archive));
  const bytes = readFileSync(archive);
  writeFileSync(archive, bytes.subarray(0, 5000)); // Java would die of it
  start(readOnly(archive));
  writeFileSync(archive, Buffer.alloc(bytes.length));
  start(readOnly(archive));
});
