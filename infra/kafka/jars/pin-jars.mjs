/**
 * Writes kafka-jars.ts beside it: every jar that pom.xml comes to, by its path in a Maven repository, with bytes and SHA-256. Plain JavaScript; asks `mvn` (3 or newer), whose
 * own checks the jars have passed. For who raises Kafka's version: change pom.xml, then `node infra/kafka/jars/pin-jars.mjs`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const listed = maven('dependency:list', '-DincludeScope=runtime', '-DoutputAbsoluteArtifactFilename=true');
const artifacts = [...listed.matchAll(/^\[INFO\]\s+([^\s:]+):([^\s:]+):jar:([^\s:]+):(?:compile|runtime):(\S+\.jar)/gmu)];
if (artifacts.length === 0) throw new Error(`mvn named no jars:\n${listed}`);

const jars = artifacts.map(([, group, artifact, version, file]) => {
  const bytes = readFileSync(file);
  const path = `${group.replaceAll('.', '/')}/${artifact}/${version}/${artifact}-${version}.jar`;
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
});
jars.sort((a, b) => (a.path < b.path ? -1 : 1));
const [, kafkaVersion] = /kafka_2\.13-(.+)\.jar/u.exec(jars.find(({ path }) => path.includes('/kafka_2.13/')).path);

const lines = jars.map(({ path, bytes, sha256 }) => `  { path: '${path}', bytes: ${grouped(bytes)}, sha256: '${sha256}' },`);
writeFileSync(
  join(folder, 'kafka-jars.ts'),
  `/** The jars of a Kafka broker, as pin-jars.mjs found them. Made by it: change pom.xml, not this file. */

export interface Jar {
  /** In a Maven repository. */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export const kafkaVersion = '${kafkaVersion}';

export const kafkaJars: readonly Jar[] = [
${lines.join('\n')}
];
`,
);
console.log(`${jars.length} jars, ${jars.reduce((sum, { bytes }) => sum + bytes, 0)} bytes`);

function maven(...args) {
  const { status, stdout, stderr, error } = spawnSync('mvn', ['--batch-mode', ...args], { cwd: folder, encoding: 'utf8' });
  if (error || status !== 0) throw new Error(error ? `mvn cannot be run: ${error.message}` : `${stdout}${stderr}`);
  return stdout;
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/gu, '_');
}
