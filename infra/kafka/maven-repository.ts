/**
 * Which Maven repository jars come from. In: the environment, and ~/.m2/settings.xml where it is there. Out: its address, without a slash at the end, and who one is there:
 * PRETRAINZERO_MAVEN, else the settings' mirror of Maven Central, else Maven Central. Fails with CONFIG_INVALID where an address is none of http(s), or the settings
 * are no XML. Name and password in PRETRAINZERO_MAVEN are taken out of the address and sent with each request; a mirror of the settings is given none.
 */
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { readText } from '../file-system/read-file.ts';
import { nonEmpty, type BrokerMachine } from './broker-machine.ts';

const mavenCentral = 'https://repo1.maven.org/maven2';

export interface MavenRepository {
  readonly address: string;
  /** Of every request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws CONFIG_INVALID */
export async function mavenRepository({ environment, home, fileSystem }: Pick<BrokerMachine, 'environment' | 'home' | 'fileSystem'>): Promise<MavenRepository> {
  const named = nonEmpty(environment.PRETRAINZERO_MAVEN);
  if (named !== null) return checked(named, { key: 'PRETRAINZERO_MAVEN' });
  const file = join(home, '.m2', 'settings.xml');
  const settings = await readText(fileSystem, file);
  const mirror = settings === null ? undefined : mirrorsIn(settings, file).find(({ mirrorOf }) => mirrorsCentral(mirrorOf));
  return checked(mirror?.url ?? mavenCentral, { file });
}

interface Mirror {
  readonly mirrorOf: string;
  readonly url: string;
}

function mirrorsIn(settings: string, file: string): Mirror[] {
  const mirrors: Mirror[] = [];
  const path: string[] = [];
  let fields: Record<string, string> = {};
  const parser = new SaxesParser();
  parser.on('error', (cause) => {
    throw new PretrainZeroError('CONFIG_INVALID', 'Maven settings that are no XML', { file }, cause);
  });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    if (path.join('/') === mirrorPath) fields = {};
  });
  parser.on('text', (text) => {
    const [field] = path.slice(-1);
    if (path.slice(0, -1).join('/') === mirrorPath && field !== undefined) fields[field] = (fields[field] ?? '') + text;
  });
  parser.on('closetag', () => {
    if (path.join('/') === mirrorPath) mirrors.push({ mirrorOf: fields.mirrorOf ?? '', url: (fields.url ?? '').trim() });
    path.pop();
  });
  parser.write(settings).close();
  return mirrors;
}

const mirrorPath = 'settings/mirrors/mirror';

/** As Maven has it: names by comma, `*` for all, `external:*` for all that are elsewhere, `!name` for all but one. */
function mirrorsCentral(mirrorOf: string): boolean {
  const names = mirrorOf.split(',').map((name) => name.trim());
  return !names.includes('!central') && ['central', '*', 'external:*'].some((name) => names.includes(name));
}

function checked(text: string, place: { readonly key?: string; readonly file?: string }): MavenRepository {
  const address = URL.canParse(text) ? new URL(text) : null;
  if (address === null || !['https:', 'http:'].includes(address.protocol)) throw new PretrainZeroError('CONFIG_INVALID', 'The address of the Maven repository is none that begins with https:// or http://', place);
  const { username, password } = address;
  address.username = address.password = '';
  const who = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return { address: address.href.replace(/\/+$/u, ''), headers: username === '' ? {} : { authorization: `Basic ${who}` } };
}
