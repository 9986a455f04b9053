import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mavenRepository } from '../../../infra/kafka/maven-repository.ts';
import { writeFile } from '../../../infra/file-system/write-file.ts';
import { createMemoryFileSystem } from '../file-system/memory-file-system.ts';
import { isError } from '../../is-error.ts';

async function found(settings: string | null, environment: Record<string, string> = {}): Promise<{ address: string; headers: Readonly<Record<string, string>> }> {
  const fileSystem = createMemoryFileSystem();
  await fileSystem.makeDirectory('/home/me/.m2');
  if (settings !== null) await writeFile(fileSystem, '/home/me/.m2/settings.xml', settings);
  return mavenRepository({ environment, home: '/home/me', fileSystem });
}

const settings = (...mirrors: readonly (readonly [mirrorOf: string, url: string])[]): string =>
  `<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0"><!-- ours --><mirrors>${mirrors.map(([of, url]) => `<mirror><id>m</id><url> ${url} </url><mirrorOf>${of}</mirrorOf></mirror>`).join('')}</mirrors><profiles><profile><repositories><mirror><mirrorOf>*</mirrorOf><url>https://no.example</url></mirror></repositories></profile></profiles></settings>`;

const central = 'https://repo1.maven.org/maven2';

test('Maven Central, where nothing else is said', async () => {
  assert.deepEqual(await found(null), { address: central, headers: {} });
  assert.equal((await found(settings())).address, central);
  assert.equal((await found(null, { PRETRAINZERO_MAVEN: '' })).address, central);
});

test("the settings' first mirror of Central", async () => {
  for (const of of ['central', '*', 'external:*', 'other, central', '*,!other']) assert.equal((await found(settings(['other', 'https://other.example'], [of, 'https://mirror.example/maven/&amp;x/']))).address, 'https://mirror.example/maven/&x');
  for (const of of ['other', '*,!central', 'external:http:*']) assert.equal((await found(settings([of, 'https://mirror.example']))).address, central);
});

test('PRETRAINZERO_MAVEN goes before both; a name and password in it are sent, and are no part of the address', async () => {
  const { address, headers } = await found(settings(['*', 'https://mirror.example']), { PRETRAINZERO_MAVEN: 'https://me:pass%40word@maven.example/repo/' });
  assert.equal(address, 'https://maven.example/repo');
  assert.deepEqual(headers, { authorization: `Basic ${Buffer.from('me:pass@word').toString('base64')}` });
});

test('what is no address, or no XML, is refused without being shown', async () => {
  await assert.rejects(found(null, { PRETRAINZERO_MAVEN: 'ftp://me:secret@maven.example' }), (error) => isError('CONFIG_INVALID', /PRETRAINZERO_MAVEN/)(error) && !String(error).includes('secret'));
  await assert.rejects(found(settings(['*', 'nowhere'])), isError('CONFIG_INVALID', /settings\.xml/));
  await assert.rejects(found('<settings><mirrors>'), isError('CONFIG_INVALID', /no XML.*settings\.xml/));
});
