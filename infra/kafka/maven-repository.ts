/**
 * Which Maven repository jars come from. In: the environment, and ~/.m2/settings.xml where it is there. Out: its address, without a slash at the end:
 * PRETRAINZERO_MAVEN, else the settings' mirror of Maven Central, else Maven Central. Fails with CONFIG_INVALID where an address is none of http(s), or the settings
 * are no XML. A mirror that asks for a password is not given one.
 */
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { readText } from '../file-system/read-file.ts';
import { nonEmpty, type BrokerMachine } from './broker-machine.ts';

const mavenCentral = 'https://repo1.maven.org/maven2';

/** @throws CONFIG_INVALID */
export async function mavenRepository({ environment, home, fileSystem }: BrokerMachine): Promise<string> {
  const named = nonEmpty(environment.PRETRAINZERO_MAVEN);
  if (named !== null) return checked(named, { key: 'PRETRAINZERO_MAVEN' });
  const file = join(home, '.m2', 'settings.xml');
  const settings = await readText(fileSystem, file);
  const mirror = settings === null ? undefined : mirrorsIn(settings, file).find(({ mirrorOf }) => mirrorsCentral(mirrorOf));
  return mirror === undefined ? mavenCentral : checked(mirror.url, { file });
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

function checked(address: string, place: { readonly key?: string; readonly file?: string }): string {
  const protocol = URL.canParse(address) ? new URL(address).protocol : '';
  if (protocol !== 'https:' && protocol !== 'http:') throw new PretrainZeroError('CONFIG_INVALID', `${JSON.stringify(address)} is no address of a Maven repository`, place);
  return address.replace(/\/+$/u, '');
}
