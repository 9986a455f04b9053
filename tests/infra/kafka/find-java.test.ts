import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findJava } from '../../../infra/kafka/find-java.ts';
import { isError } from '../../is-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'java-'));
after(() => rmSync(folder, { recursive: true }));

/** A home of Java that says of itself what it is told. */
function javaHome(name: string, says: string, exitCode = 0): string {
  const home = join(folder, name);
  mkdirSync(join(home, 'bin'), { recursive: true });
  const program = join(home, 'bin', 'java');
  writeFileSync(program, `#!/bin/sh\ncat >&2 <<'END'\n${says}\nEND\nexit ${exitCode}\n`);
  chmodSync(program, 0o755);
  return home;
}

const skip = process.platform === 'win32' && 'a shell script stands for Java here';

test('Java 17 and newer will do, from JAVA_HOME before the path', { skip }, () => {
  for (const version of ['17.0.15', '21', '25-ea']) {
    const home = javaHome(version, `openjdk version "${version}" 2025-04-15`);
    assert.deepEqual(findJava({ environment: { ...process.env, JAVA_HOME: home } }), { program: join(home, 'bin', 'java'), version });
  }
  const onPath = javaHome('path', 'Picked up JAVA_TOOL_OPTIONS: -Xshare:auto\nopenjdk version "17" 2021-09-14');
  assert.equal(findJava({ environment: { PATH: `${join(onPath, 'bin')}:${process.env.PATH ?? ''}`, JAVA_HOME: '' } }).program, 'java');
});

test('an older Java, a broken one and none are told apart', { skip }, () => {
  const found = (JAVA_HOME: string) => () => findJava({ environment: { ...process.env, JAVA_HOME } });
  assert.throws(found(javaHome('old', 'openjdk version "11.0.2" 2019-01-15')), isError('JAVA_MISSING', /needs Java 17 or newer, and that in JAVA_HOME \(.*old\) is Java 11/));
  assert.throws(found(javaHome('older', 'java version "1.8.0_402"')), isError('JAVA_MISSING', /is Java 8/));
  assert.throws(found(javaHome('broken', 'Error: could not find libjava.so', 1)), isError('JAVA_MISSING', /does not run: Error: could not find libjava\.so/));
  assert.throws(found(join(folder, 'none')), isError('JAVA_MISSING', /there is no Java in JAVA_HOME/));
  assert.throws(() => findJava({ environment: { PATH: folder } }), isError('JAVA_MISSING', /there is no Java on the path/));
});
