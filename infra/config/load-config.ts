/**
 * Loads a run's config. In: a bundled name or the path of a YAML file, and settings from the command line. Out: the config with every key, its text, and where
 * each value was given. Can go wrong: CONFIG_NOT_FOUND; CONFIG_INVALID, CONFIG_UNKNOWN_KEY with file and line; USAGE for a malformed setting.
 *
 * A file may name another with `extends` (a bundled name, or a path relative to itself), and says only what differs: sections merge
 * key by key, values and lists replace. Whatever ends the chain stands on `base`, which has all keys.
 */
import { readFile as readTextFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { Config } from '../../schemas/config/config.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { checkConfig } from './check-config.ts';
import { baseConfigName, bundledConfigFile, configFile, folderOf } from './config-paths.ts';
import { parseConfigFile, parseSetting, type ConfigLayer, type ConfigPlace } from './config-source.ts';
import { mergeTrees } from './merge-trees.ts';

export interface LoadConfigOptions {
  /** What is said elsewhere, applied in order after the files. */
  readonly layers?: readonly ConfigLayer[];
  /** `key=value` each, applied in order after files and layers. */
  readonly set?: readonly string[];
  /** Where a relative `nameOrPath` begins. @default the working directory */
  readonly folder?: string;
  /** The text of a file. @default from the disk, UTF-8 */
  readonly readFile?: (path: string) => Promise<string>;
}

export interface LoadedConfig {
  readonly config: Config;
  /** The config in YAML, keys in the schema's order: the same config gives the same text. */
  readonly text: string;
  /** Files read, the given one first, `base` last. */
  readonly files: readonly string[];
  /** Dotted key -> where its value was given, the key given last at the end. */
  readonly sources: ReadonlyMap<string, ConfigPlace>;
}

export async function loadConfig(nameOrPath: string, options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const { layers: given = [], set = [], folder = process.cwd(), readFile = (path: string) => readTextFile(path, 'utf8') } = options;
  const chain = await readChain(configFile(nameOrPath, folder), readFile);
  const layers = [...chain.map(({ layer }) => layer).reverse(), ...given, ...set.map(parseSetting)];
  const merged = layers.reduce(mergeLayers);
  const config = checkConfig(merged.values, merged.places);
  return { config, text: stringify(config), files: chain.map(({ file }) => file), sources: merged.places };
}

interface ChainLink {
  readonly file: string;
  readonly layer: ConfigLayer;
}

/** The file, what it extends, and so on to `base`. */
async function readChain(first: string, readFile: (path: string) => Promise<string>): Promise<ChainLink[]> {
  const base = bundledConfigFile(baseConfigName);
  const chain: ChainLink[] = [];
  const files: string[] = [];
  for (let file: string | null = first; file !== null; ) {
    files.push(file);
    const { extended, place, layer } = splitExtends(parseConfigFile(await readOrExplain(file, readFile), file), file);
    chain.push({ file, layer });
    if (extended === null) file = file === base ? null : base;
    else {
      const next = configFile(extended, folderOf(file));
      if (files.includes(next)) throw new PretrainZeroError('CONFIG_INVALID', `extends leads in a circle: ${[...files, next].join(' -> ')}`, place);
      file = next;
    }
  }
  return chain;
}

function splitExtends({ values, places }: ConfigLayer, file: string): { extended: string | null; place: { file: string; line?: number }; layer: ConfigLayer } {
  const { extends: extended, ...rest } = values;
  const line = places.get('extends')?.line;
  const place = { file, ...(line != null && { line }) };
  if (extended !== undefined && (typeof extended !== 'string' || extended === '')) {
    throw new PretrainZeroError('CONFIG_INVALID', 'extends must be the name of a bundled config or the path of a YAML file', place);
  }
  return { extended: extended ?? null, place, layer: { values: rest, places: new Map([...places].filter(([key]) => key !== 'extends')) } };
}

async function readOrExplain(file: string, readFile: (path: string) => Promise<string>): Promise<string> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new PretrainZeroError('CONFIG_NOT_FOUND', 'the config cannot be read', { file }, cause);
  }
}

function mergeLayers(below: ConfigLayer, above: ConfigLayer): ConfigLayer {
  const untouched = [...below.places].filter(([key]) => !above.places.has(key));
  return { values: mergeTrees(below.values, above.values), places: new Map([...untouched, ...above.places]) };
}
