/**
 * Loads an experiment. In: a bundled name or the path of a YAML file. Out: the experiment, and the config of any of its runs. Can go wrong: CONFIG_NOT_FOUND; CONFIG_INVALID,
 * CONFIG_UNKNOWN_KEY with file and line, also of a key within `set`, which is one of the config's.
 */
import { readFile as readTextFile } from 'node:fs/promises';
import type { Config } from '../../schemas/config/config.ts';
import { experimentSchema, type Experiment } from '../../schemas/experiment/experiment.ts';
import { PretrainZeroError } from '../../schemas/pretrain-zero-error.ts';
import { checkValues } from './check-values.ts';
import { configFile, folderOf } from './config-paths.ts';
import { parseConfigFile, type ConfigLayer, type ConfigPlace, type ConfigTree } from './config-source.ts';
import { experimentFile } from './experiment-paths.ts';
import { brokenExperimentRelations } from './experiment-relations.ts';
import { loadConfig } from './load-config.ts';
import { schemaKeys } from './schema-keys.ts';

export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly file: string;
  /** A variant's config with settings `key=value` above it. Can go wrong: as `loadConfig`. */
  readonly configOf: (variant: string, set: readonly string[]) => Promise<Config>;
}

const rules = { schema: experimentSchema, keys: schemaKeys(experimentSchema), relations: brokenExperimentRelations };
/** What a file may leave out. */
const defaults: ConfigTree = { evaluations: 4, measure: null, tuningSeeds: [] };

/** @param folder where a relative path begins. */
export async function loadExperiment(nameOrPath: string, folder: string): Promise<LoadedExperiment> {
  const file = experimentFile(nameOrPath, folder);
  const { values, places } = parseConfigFile(await readOrExplain(file), file);
  const experiment = checkValues(rules, { ...defaults, ...values }, places);
  const base = configFile(experiment.base, folderOf(file));
  const shared = layerAt('set', experiment.set, places);
  return {
    experiment,
    file,
    configOf: async (variant, set) => {
      const own = layerAt(`variants.${variant}.set`, experiment.variants[variant]?.set, places);
      return (await loadConfig(base, { layers: [shared, own], set })).config;
    },
  };
}

/** The part of the file below a key, as a layer of a config. */
function layerAt(key: string, values: ConfigTree = {}, places: ReadonlyMap<string, ConfigPlace>): ConfigLayer {
  const below = [...places].filter(([name]) => name.startsWith(`${key}.`)).map(([name, place]) => [name.slice(key.length + 1), place] as const);
  return { values, places: new Map(below) };
}

async function readOrExplain(file: string): Promise<string> {
  try {
    return await readTextFile(file, 'utf8');
  } catch (cause) {
    throw new PretrainZeroError('CONFIG_NOT_FOUND', 'the experiment cannot be read', { file }, cause);
  }
}
